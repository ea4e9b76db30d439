import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** Which item is in which Base record, with a checksum of what was last written there; empty: to be written again. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'mirror_row')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('item_id', c.id, (col) => col.notNull())
    .addColumn('table_id', c.id, (col) => col.notNull())
    .addColumn('record_id', c.id, (col) => col.notNull())
    .addColumn('checksum', c.word, (col) => col.notNull())
    .addPrimaryKeyConstraint('mirror_row_pk', ['programme_id', 'kind', 'item_id'])
    .execute();
  // Finds the item of a record that somebody has changed.
  await index(db, 'mirror_row_record', 'mirror_row', ['programme_id', 'kind', 'record_id']);
}
