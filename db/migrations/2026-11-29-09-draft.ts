import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** A report that lacks something or waits for confirmation. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'draft')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('cause', c.key)
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('draft_pk', ['programme_id', 'id'])
    .execute();
  // The open draft of a person.
  await index(db, 'draft_person', 'draft', ['programme_id', 'person_id', 'created_at']);
}
