import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Facts about this store itself: the app it belongs to. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'meta')
    .addColumn('name', c.id, (col) => col.notNull())
    .addColumn('value', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('meta_pk', ['name'])
    .execute();
}
