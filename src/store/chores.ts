import type { Db } from './db.ts';
import type { Hint } from './notices.ts';
import { insertOnce, locking, type Trx } from './transaction.ts';

/** Work that needs the network or the disk: planned in the transaction that asked for it, done after commit, settled in another. */
export interface Chore {
  id: string;
  kind: string;
  /** The number of this attempt, from 1. */
  attempt: number;
  body: unknown;
}

/** Longer than a download of 10 MB takes over a slow line. */
export const CHORE_LEASE_MS = 60_000;

/** Plans a chore unless its identity is known; `claimed` if the caller does it at once. Returns the hint for the queue after commit. */
export async function planChore(
  trx: Trx,
  chore: { id: string; identity: string; kind: string; body: object },
  now: number,
  claimed: 'claimed' | 'free' = 'free',
): Promise<Hint[]> {
  const { id, identity, kind, body } = chore;
  const lease_until = claimed === 'claimed' ? now + CHORE_LEASE_MS : 0;
  const row = { id, identity, kind, state: 'planned', attempt: 0, due_at: now, lease_until };
  const fresh = await insertOnce(trx, 'chore', { ...row, body: JSON.stringify(body) });
  return fresh ? [{ id, line: 'chores', attempt: 0 }] : [];
}

/** Takes a chore for a minute; undefined if it is done or unknown, the end of the lease if another process has it. */
export async function claimChore(trx: Trx, id: string, now: number): Promise<Chore | number | undefined> {
  const row = await trx.selectFrom('chore').selectAll().where('id', '=', id).$call(locking(trx)).executeTakeFirst();
  if (row?.state !== 'planned') return undefined;
  const free = Math.max(Number(row.due_at), Number(row.lease_until));
  if (free > now) return free;
  const attempt = row.attempt + 1;
  await trx
    .updateTable('chore')
    .set({ attempt, lease_until: now + CHORE_LEASE_MS })
    .where('id', '=', id)
    .execute();
  return { id, kind: row.kind, attempt, body: JSON.parse(row.body) };
}

/** Ids of unfinished chores whose identity begins with this. */
export async function openChores(db: Db | Trx, identity: string): Promise<string[]> {
  const rows = await db
    .selectFrom('chore')
    .select('id')
    .where('identity', '>', identity)
    .where('identity', '<', `${identity}~`)
    .where('state', '=', 'planned')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Holds a chore for another minute, for the process that does it. */
export async function renewChore(db: Db | Trx, id: string, now: number): Promise<void> {
  await db
    .updateTable('chore')
    .set({ lease_until: now + CHORE_LEASE_MS })
    .where('id', '=', id)
    .where('state', '=', 'planned')
    .execute();
}

/** Settles a chore, whatever its outcome; false if it was settled before. Its body (a stranger's message) is deleted. */
export async function finishChore(trx: Trx, id: string): Promise<boolean> {
  const done = await trx
    .updateTable('chore')
    .set({ state: 'done', body: '{}' })
    .where('id', '=', id)
    .where('state', '=', 'planned')
    .executeTakeFirst();
  return Number(done.numUpdatedRows) > 0;
}

/** Cancels a chore; does nothing if it is done or under way. */
export async function cancelChore(trx: Trx, identity: string): Promise<void> {
  await trx
    .updateTable('chore')
    .set({ state: 'done', body: '{}' })
    .where('identity', '=', identity)
    .where('state', '=', 'planned')
    .execute();
}

/** Gives the claim back; the chore is due again at `dueAt`. */
export async function postponeChore(db: Db, id: string, dueAt: number): Promise<void> {
  await db.updateTable('chore').set({ due_at: dueAt, lease_until: 0 }).where('id', '=', id).execute();
}

/** Forgets chores done long ago. Their identities stay as long as events are remembered, so that a late repeat does nothing. */
export async function forgetChores(trx: Trx, before: number): Promise<void> {
  await trx.deleteFrom('chore').where('state', '=', 'done').where('due_at', '<', before).execute();
}

/** Chores that are due and unclaimed. */
export async function owedChores(db: Db, now: number, limit: number): Promise<Hint[]> {
  const rows = await db
    .selectFrom('chore')
    .select(['id', 'attempt'])
    .where('state', '=', 'planned')
    .where('due_at', '<=', now)
    .where('lease_until', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map(({ id, attempt }) => ({ id, line: 'chores', attempt }));
}

/** In an embedded store, every claim belongs to a process that has ended. */
export async function voidChoreLeases(db: Db): Promise<void> {
  await db.updateTable('chore').set({ lease_until: 0 }).where('state', '=', 'planned').execute();
}
