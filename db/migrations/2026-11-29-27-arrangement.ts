import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Proposed leave, replacements, waivers …. body: what it changes, and once done how to undo it. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'arrangement')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('version', c.count, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('done_at', c.instant)
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('arrangement_pk', ['programme_id', 'id'])
    .execute();
}
