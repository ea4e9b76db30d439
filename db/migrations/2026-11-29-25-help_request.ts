import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Help that somebody asked for, until it is closed. body: the words of both sides. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'help_request')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('asked_at', c.instant, (col) => col.notNull())
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('help_request_pk', ['programme_id', 'id'])
    .execute();
}
