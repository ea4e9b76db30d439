import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** Which subjects an activity may be credited to, so that one report recounts a handful of rows. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'feed', 'key')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('feed_key', c.key, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('activity_id', c.id, (col) => col.notNull())
    .addColumn('date', c.date, (col) => col.notNull())
    // What feeds a duty in its period lies together, and nothing else is read. An activity has one date.
    .addPrimaryKeyConstraint('feed_pk', ['programme_id', 'feed_key', 'kind', 'date', 'activity_id'])
    .execute();
  // To replace the keys of a changed activity.
  await index(db, 'feed_activity', 'feed', ['programme_id', 'activity_id']);
}
