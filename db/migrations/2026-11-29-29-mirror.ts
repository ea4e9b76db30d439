import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** The Feishu Base in which a programme is mirrored: its place and state. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'mirror')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('app_token', c.id)
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('mirror_pk', ['programme_id'])
    .execute();
}
