import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** A Base in which a coordinator keeps lists: checked at night; changes arrive as a preview and are never applied directly. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'roster_base')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('app_token', c.id, (col) => col.notNull())
    .addColumn('open_id', c.id, (col) => col.notNull())
    .addColumn('message_id', c.key, (col) => col.notNull())
    .addColumn('seen', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('roster_base_pk', ['programme_id', 'app_token'])
    .execute();
}
