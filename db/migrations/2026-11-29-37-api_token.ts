import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** The readers of the open data. Only the hash of a token is stored, as its id, so the store reveals no token. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'api_token')
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('name', c.name, (col) => col.notNull())
    .addColumn('scopes', c.key, (col) => col.notNull())
    .addColumn('programme_id', c.id)
    .addColumn('created_at', c.instant, (col) => col.notNull())
    .addColumn('expires_at', c.instant, (col) => col.notNull())
    .addColumn('revoked_at', c.instant)
    .addColumn('used_at', c.instant)
    .addPrimaryKeyConstraint('api_token_pk', ['id'])
    .execute();
}
