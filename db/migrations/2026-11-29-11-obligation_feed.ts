import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** Which activities an obligation counts: its feed keys. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'obligation_feed', 'key')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('feed_key', c.key, (col) => col.notNull())
    .addColumn('obligation_id', c.id, (col) => col.notNull())
    .addPrimaryKeyConstraint('obligation_feed_pk', ['programme_id', 'feed_key', 'obligation_id'])
    .execute();
  // To replace an obligation's keys.
  await index(db, 'obligation_feed_obligation', 'obligation_feed', ['programme_id', 'obligation_id']);
}
