import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** What has already been taken in: one row for each event id and each message id, kept 30 days. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'inbox')
    .addColumn('id', c.key, (col) => col.notNull())
    .addColumn('cause', c.key, (col) => col.notNull())
    .addColumn('received_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('inbox_pk', ['id'])
    .execute();
  // For forgetting after 30 days.
  await index(db, 'inbox_received', 'inbox', ['received_at']);
}
