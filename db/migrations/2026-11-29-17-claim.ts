import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** A Feishu user in no roster who waits for a coordinator to say who they are. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'claim')
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('open_id', c.id, (col) => col.notNull())
    .addColumn('name', c.name, (col) => col.notNull())
    .addColumn('state', c.word, (col) => col.notNull())
    .addColumn('person_id', c.id)
    .addColumn('asked_at', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('claim_pk', ['id'])
    .addUniqueConstraint('claim_user', ['programme_id', 'open_id'])
    .execute();
}
