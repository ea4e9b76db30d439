import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** 督导: an inspection with its findings, their answers and the circular. body: everything except the columns to find it by. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'inspection')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('opened_at', c.instant, (col) => col.notNull())
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('inspection_pk', ['programme_id', 'id'])
    .execute();
}
