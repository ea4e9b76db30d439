import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Items that have changed since they were last written to the Base; marked in the transaction that changes them. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'mirror_mark')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('item_id', c.id, (col) => col.notNull())
    .addPrimaryKeyConstraint('mirror_mark_pk', ['programme_id', 'kind', 'item_id'])
    .execute();
}
