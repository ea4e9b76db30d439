import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** A programme; its terms, holidays and plans are one JSON value, its roster is in roster. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'programme')
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('name', c.name, (col) => col.notNull())
    .addColumn('version', c.count, (col) => col.notNull())
    .addColumn('settings', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('programme_pk', ['id'])
    .addUniqueConstraint('programme_name', ['name'])
    .execute();
}
