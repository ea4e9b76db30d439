import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** What has changed since it was last written to the Base; set in the transaction that changes it. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'mirror_mark')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('item_id', c.id, (col) => col.notNull())
    .addPrimaryKeyConstraint('mirror_mark_pk', ['programme_id', 'kind', 'item_id'])
    .execute();
}
