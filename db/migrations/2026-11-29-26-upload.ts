import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** A coordinator's workbook as it was previewed: only that is imported, and only into the programme version of the preview. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'upload')
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('version', c.count, (col) => col.notNull())
    .addColumn('open_id', c.id, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('at', c.instant, (col) => col.notNull())
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('upload_pk', ['id'])
    .execute();
}
