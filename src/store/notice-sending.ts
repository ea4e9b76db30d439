/** A notice from due to sent: claimed, sent, marked. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './db.ts';
import { LEASE_MS, type Notice, noticeFromRow, type Outgoing } from './notice-row.ts';
import type { Hint } from './notices.ts';
import { locking, type Trx, transactOne } from './transaction.ts';

/** The platform's `uuid` protects for an hour; past this age a repeated send could double a message. */
const SAFE_MS = 50 * 60_000;

export type Claim =
  | { kind: 'send'; notice: Notice }
  /** Held by another process, or not due: try again then. */
  | { kind: 'later'; at: number }
  /** Sent, dropped, uncertain or unknown: nothing to do. */
  | { kind: 'nothing'; uncertain?: string };

/** A notice that is still to be sent, with its earliest time; undefined if it is settled. Claims nothing. */
export async function waitingNotice(db: Db, id: string): Promise<(Notice & { leaseUntil: number }) | undefined> {
  const row = await db
    .selectFrom('notice')
    .selectAll()
    .where('id', '=', id)
    .where('state', 'in', ['planned', 'claimed'])
    .executeTakeFirst();
  return row && { ...noticeFromRow(row), leaseUntil: Number(row.lease_until) };
}

/**
 * Claims a notice for sending, for twenty seconds. A claim whose outcome has been unknown for too long becomes `uncertain` if a duplicate
 * would be worse than a loss (a reminder); an answer is claimed once more under a new `uuid`.
 */
export async function claimNotice(trx: Trx, id: string, now: number): Promise<Claim> {
  const row = await trx.selectFrom('notice').selectAll().where('id', '=', id).$call(locking(trx)).executeTakeFirst();
  if (!row || (row.state !== 'planned' && row.state !== 'claimed')) return { kind: 'nothing' };
  if (row.state === 'claimed' && Number(row.lease_until) > now) return { kind: 'later', at: Number(row.lease_until) };
  if (Number(row.due_at) > now) return { kind: 'later', at: Number(row.due_at) };
  const claimedAt = row.claimed_at === null ? undefined : Number(row.claimed_at);
  const outlived = claimedAt !== undefined && now - claimedAt > SAFE_MS;
  const resendable = row.line === 'answers' && row.reason !== RESENT;
  if (outlived && !resendable) {
    await trx.updateTable('notice').set({ state: 'uncertain' }).where('id', '=', id).execute();
    return { kind: 'nothing', uncertain: row.kind };
  }
  const claim = {
    state: 'claimed',
    attempt: row.attempt + 1,
    lease_until: now + LEASE_MS,
    claimed_at: outlived ? now : (claimedAt ?? now),
    ...(outlived ? { reason: RESENT } : {}),
  };
  await trx.updateTable('notice').set(claim).where('id', '=', id).execute();
  const unknown = claimedAt !== undefined && !outlived;
  return { kind: 'send', notice: { ...noticeFromRow({ ...row, ...claim }), ...(unknown && { unknown }) } };
}

/** Claims made together with their notices, whose calls have not begun. */
const unbegun = (db: Db, ids: string[]) =>
  db.updateTable('notice').where('id', 'in', ids).where('state', '=', 'claimed').where('attempt', '=', 1);

/**
 * Holds this process's waiting answers for another twenty seconds, and restarts their hour. Returns until when, and which are still held.
 */
export async function renewClaims(db: Db, ids: string[], now: number): Promise<{ until: number; held: Set<string> }> {
  const until = now + LEASE_MS;
  const renewed = await unbegun(db, ids).set({ lease_until: until, claimed_at: now }).executeTakeFirst();
  if (Number(renewed.numUpdatedRows) === ids.length) return { until, held: new Set(ids) };
  const rows = await db
    .selectFrom('notice')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '=', 'claimed')
    .where('attempt', '=', 1)
    .execute();
  return { until, held: new Set(rows.map((row) => row.id)) };
}

/** Releases answers whose calls have not begun, at once and to any process. */
export async function giveBack(db: Db, ids: string[]): Promise<void> {
  await unbegun(db, ids).set({ state: 'planned', lease_until: 0, claimed_at: null }).execute();
}

/** Freezes what was drawn: while an attempt may have arrived, every retry sends the same bytes. */
export async function freeze(trx: Trx, id: string, outgoing: Outgoing): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ body: JSON.stringify(outgoing) })
    .where('id', '=', id)
    .execute();
}

/** Discards a drawing that has certainly not arrived, so that it is drawn again from newer facts. */
const thawed = (outgoing: Outgoing): Outgoing =>
  outgoing.undrawn ? { ...outgoing, card: {}, text: '', undrawn: { of: outgoing.undrawn.of } } : outgoing;

/** Marks messages that somebody has seen. */
export async function markRead(trx: Trx, messageIds: string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await trx
    .updateTable('notice')
    .set({ state: 'read' })
    .where('message_id', 'in', messageIds)
    .where('state', '=', 'sent')
    .execute();
}

/** Marks an answer that was sent a second time because the outcome of the first is unknown. */
export const RESENT = 'resent';

/** A notice that went out, with the id of its message. */
export type Marked = { id: string; messageId: string | undefined };

export async function markSent(db: Db, sent: Marked[], now: number): Promise<void> {
  const ids = sent.map(({ id }) => id);
  await transactOne(db, (one) =>
    one
      .updateTable('notice')
      .set({ state: 'sent', sent_at: now, message_id: messageOf(sent) })
      .where('id', 'in', ids)
      .where('state', '=', 'claimed')
      .execute(),
  );
}

const messageOf = (sent: Marked[]): RawBuilder<string | null> => {
  const [first, ...others] = sent;
  if (others.length === 0) return sql`${first?.messageId ?? null}`;
  const cases = sent.map(({ id, messageId = null }) => sql`when ${id} then ${messageId}`);
  return sql`case id ${sql.join(cases, sql` `)} end`;
};

/** Drops a notice that Feishu finally refused, with a reason for the operator. */
export async function markDropped(db: Db | Trx, id: string, reason: string): Promise<void> {
  await db.updateTable('notice').set({ state: 'dropped', reason }).where('id', '=', id).execute();
}

/**
 * This attempt certainly failed: releases the claim, due again at `dueAt`. If an earlier attempt may have arrived, its hour runs on and
 * its bytes stay. The reason is for the operator.
 */
export async function postpone(db: Db | Trx, notice: Notice, dueAt: number, reason?: string): Promise<void> {
  const { id, outgoing, unknown } = notice;
  const reset = unknown
    ? {}
    : { claimed_at: null, ...(outgoing.undrawn && { body: JSON.stringify(thawed(outgoing)) }) };
  await db
    .updateTable('notice')
    .set({ state: 'planned', due_at: dueAt, lease_until: 0, ...reset, ...(reason ? { reason } : {}) })
    .where('id', '=', id)
    .where('state', '=', 'claimed')
    .execute();
}

/** Messages that wait until the app is fixed, by the reason. */
export async function waitingForApp(db: Db): Promise<{ count: number; why: string }[]> {
  const rows = await db
    .selectFrom('notice')
    .select((eb) => ['reason', eb.fn.countAll().as('n')])
    .where('state', '=', 'planned')
    .where('reason', 'is not', null)
    .groupBy('reason')
    .orderBy('reason')
    .execute();
  return rows.map(({ reason, n }) => ({ count: Number(n), why: reason! }));
}

/** This attempt has ended with an unknown outcome: the next may repeat it from then on. A later claim is left alone. */
export async function shortenLease(db: Db, { id, attempt }: Notice, until: number): Promise<void> {
  await db
    .updateTable('notice')
    .set({ lease_until: until })
    .where('id', '=', id)
    .where('state', '=', 'claimed')
    .where('attempt', '=', attempt)
    .execute();
}

/** Notices that should be under way: planned and due, or claimed with an expired lease. */
export async function owedNotices(db: Db, now: number, limit: number): Promise<Hint[]> {
  const rows = await db
    .selectFrom('notice')
    .select(['id', 'line', 'attempt'])
    .where('state', 'in', ['planned', 'claimed'])
    .where('due_at', '<=', now)
    .where('lease_until', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows as Hint[];
}

/** Releases every lease: in an embedded store each belongs to a process that has ended. */
export async function voidLeases(db: Db): Promise<void> {
  await db.updateTable('notice').set({ lease_until: 0 }).where('state', '=', 'claimed').execute();
}
