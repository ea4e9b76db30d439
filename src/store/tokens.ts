import type { Db } from './db.ts';
import type { Tables } from './schema.ts';
import type { Trx } from './transaction.ts';

/** A reader of the open data. Instants are epoch milliseconds. */
export interface ApiToken {
  /** The hash of the token; only its reader keeps the token itself. */
  id: string;
  name: string;
  scopes: string[];
  /** The one programme that it opens; undefined: all. */
  programmeId?: string;
  createdAt: number;
  expiresAt: number;
  revokedAt?: number;
  usedAt?: number;
}

export async function insertToken(trx: Trx, token: ApiToken): Promise<void> {
  const row = { id: token.id, name: token.name, scopes: token.scopes.join(','), revoked_at: null, used_at: null };
  const times = { created_at: token.createdAt, expires_at: token.expiresAt };
  await trx
    .insertInto('api_token')
    .values({ ...row, ...times, programme_id: token.programmeId ?? null })
    .execute();
}

/** Every token that was ever made, the oldest first. */
export async function listTokens(db: Db | Trx): Promise<ApiToken[]> {
  return (await db.selectFrom('api_token').selectAll().orderBy('created_at').orderBy('id').execute()).map(fromRow);
}

/** Whether any token is valid at `now`: without one the open data does not exist. */
export async function anyToken(db: Db | Trx, now: number): Promise<boolean> {
  return (await goodOnes(db, now).select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** The token of a hash, if it is valid at `now`. */
export async function tokenOf(db: Db | Trx, hash: string, now: number): Promise<ApiToken | undefined> {
  const row = await goodOnes(db, now).selectAll().where('id', '=', hash).executeTakeFirst();
  return row && fromRow(row);
}

const goodOnes = (db: Db | Trx, now: number) =>
  db.selectFrom('api_token').where('revoked_at', 'is', null).where('expires_at', '>', now);

export async function tokenUsed(trx: Trx, id: string, now: number): Promise<void> {
  await trx.updateTable('api_token').set({ used_at: now }).where('id', '=', id).execute();
}

/** Revokes the tokens of a name; returns how many were still valid. */
export async function revokeTokens(trx: Trx, name: string, now: number): Promise<number> {
  const done = await trx
    .updateTable('api_token')
    .set({ revoked_at: now })
    .where('name', '=', name)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

const fromRow = (r: Tables['api_token']): ApiToken => ({
  id: r.id,
  name: r.name,
  scopes: r.scopes.split(','),
  ...(r.programme_id && { programmeId: r.programme_id }),
  createdAt: Number(r.created_at),
  expiresAt: Number(r.expires_at),
  ...(r.revoked_at !== null && { revokedAt: Number(r.revoked_at) }),
  ...(r.used_at !== null && { usedAt: Number(r.used_at) }),
});
