import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** The bureau's systems that receive events. The secret is stored in clear because it signs. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'hook')
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('name', c.name, (col) => col.notNull())
    .addColumn('url', c.text, (col) => col.notNull())
    .addColumn('secret', c.key, (col) => col.notNull())
    .addColumn('events', c.key, (col) => col.notNull())
    .addColumn('programme_id', c.id)
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('removed_at', c.instant)
    .addPrimaryKeyConstraint('hook_pk', ['id'])
    .execute();
}
