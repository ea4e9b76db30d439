import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Which subjects an activity may be credited to, so that one report recounts a handful of rows. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'feed')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('feed_key', c.key, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('activity_id', c.id, (col) => col.notNull())
    .addPrimaryKeyConstraint('feed_pk', ['programme_id', 'feed_key', 'kind', 'activity_id'])
    .execute();
}
