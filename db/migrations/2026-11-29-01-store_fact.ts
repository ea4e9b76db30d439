import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Facts about this store itself: the app it belongs to. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'store_fact')
    .addColumn('name', c.id, (col) => col.notNull())
    .addColumn('value', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('store_fact_pk', ['name'])
    .execute();
}
