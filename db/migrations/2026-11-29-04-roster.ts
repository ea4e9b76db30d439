import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** The lists of a programme: one row for each school, person, pairing, care and so on; name is its identity in files. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'roster')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('name', c.name, (col) => col.notNull())
    .addColumn('body', c.text, (col) => col.notNull())
    .addColumn('imported', c.text)
    .addPrimaryKeyConstraint('roster_pk', ['programme_id', 'kind', 'id'])
    .addUniqueConstraint('roster_name', ['programme_id', 'kind', 'name'])
    .execute();
}
