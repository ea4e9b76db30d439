import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** Deliveries to hooks: planned in the transaction of their event, sent afterwards, retried, finally dead. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'hook_delivery')
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('hook_id', c.id, (col) => col.notNull())
    .addColumn('event', c.word, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('attempt', c.count, (col) => col.notNull())
    .addColumn('due_at', c.instant, (col) => col.notNull())
    .addColumn('lease_until', c.instant, (col) => col.notNull())
    .addColumn('made_at', c.instant, (col) => col.notNull())
    .addColumn('reason', c.text)
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('hook_delivery_pk', ['id'])
    .execute();
  // Deliveries that are due.
  await index(db, 'hook_delivery_due', 'hook_delivery', ['state', 'due_at']);
}
