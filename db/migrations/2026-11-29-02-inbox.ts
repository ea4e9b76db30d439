import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** Events and messages already received: one row for each of their ids, kept for 30 days. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'inbox')
    .addColumn('id', c.key, (col) => col.notNull())
    .addColumn('cause', c.key, (col) => col.notNull())
    .addColumn('received_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('inbox_pk', ['id'])
    .execute();
  // For deletion after 30 days.
  await index(db, 'inbox_received', 'inbox', ['received_at']);
}
