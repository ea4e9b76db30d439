import type { Db } from './db.ts';
import { insertOnce, type Trx } from './transaction.ts';

/** Answers have their own line, so that no digest ever stands before a reply. */
export type Line = 'answers' | 'notices';
export type NoticeState = 'planned' | 'claimed' | 'sent' | 'read' | 'dropped' | 'uncertain';

/** What is sent, frozen when the notice is made: every retry sends the same bytes. `text` is the fallback. */
export type Outgoing = { card: object; text: string; undrawn?: Undrawn } & (
  | { op: 'reply'; messageId: string }
  | { op: 'send'; openId: string }
  /** To a group. */
  | { op: 'post'; chatId: string }
  | { op: 'patch'; messageId: string }
  /** 加急 on a message that was sent. */
  | { op: 'urgent'; messageId: string; openId: string }
);

/** Card and text are empty until the notice is first claimed: they are drawn then, from what holds at that moment. */
export interface Undrawn {
  /** The notice whose parts are drawn: the notice itself, or the one that a patch renews. */
  of: string;
}

/** One outgoing message. `identity` is unique for all time: (kind, recipient, obligation or period, stage). */
export interface NewNotice {
  id: string;
  identity: string;
  kind: string;
  line: Line;
  /** Open id or chat id. */
  recipient: string;
  programmeId?: string;
  personId?: string;
  cause?: string;
  dueAt: number;
  outgoing: Outgoing;
}

export interface Notice extends NewNotice {
  state: NoticeState;
  attempt: number;
  claimedAt?: number;
  messageId?: string;
  reason?: string;
}

/** What the queue is told of a notice: where it waits, and the job id that the next attempt goes by. */
export interface Hint {
  id: string;
  line: Line | 'chores';
  attempt: number;
  /** For one that is not due yet. */
  delayMs?: number;
  /** Makes another job of it, where one under the usual id may still be held by a process that died. */
  anew?: string;
}

/** How long a claim is good before others may take the notice up. */
const LEASE_MS = 20_000;
/** The platform's `uuid` protects for an hour; past this age a repeated send could double a message. */
const SAFE_MS = 50 * 60_000;

/** Plans a notice unless its identity is known. */
export async function planNotice(trx: Trx, notice: NewNotice): Promise<boolean> {
  return insertOnce(trx, 'notice', noticeRow(notice));
}

/** A notice as it is stored when it is planned. */
export const noticeRow = (notice: NewNotice) => ({
  id: notice.id,
  identity: notice.identity,
  kind: notice.kind,
  line: notice.line,
  recipient: notice.recipient,
  programme_id: notice.programmeId ?? null,
  person_id: notice.personId ?? null,
  cause: notice.cause ?? null,
  state: 'planned',
  attempt: 0,
  due_at: notice.dueAt,
  lease_until: 0,
  claimed_at: null,
  sent_at: null,
  message_id: null,
  reason: null,
  body: JSON.stringify(notice.outgoing),
});

export type Claim =
  | { kind: 'send'; notice: Notice }
  /** Held by another process, or not due: come back then. */
  | { kind: 'later'; at: number }
  /** Sent, dropped, uncertain or unknown: nothing to do. */
  | { kind: 'nothing'; uncertain?: string };

/** A notice that is still to be sent, with when it may be; undefined where it is settled. Takes nothing. */
export async function waitingNotice(db: Db, id: string): Promise<(Notice & { leaseUntil: number }) | undefined> {
  const row = await db
    .selectFrom('notice')
    .selectAll()
    .where('id', '=', id)
    .where('state', 'in', ['planned', 'claimed'])
    .executeTakeFirst();
  return row && { ...fromRow(row), leaseUntil: Number(row.lease_until) };
}

/**
 * Takes a notice for sending, for twenty seconds. A claim whose outcome has been unknown for too long becomes `uncertain`
 * where a second copy would be worse than none (a reminder); an answer is claimed once more under a new `uuid`.
 */
export async function claimNotice(trx: Trx, id: string, now: number): Promise<Claim> {
  const row = await trx.selectFrom('notice').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
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
  return { kind: 'send', notice: fromRow({ ...row, ...claim }) };
}

/** Freezes what was drawn: every later attempt sends the same bytes. */
export async function freeze(trx: Trx, id: string, outgoing: Outgoing): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ body: JSON.stringify(outgoing) })
    .where('id', '=', id)
    .execute();
}

/** Somebody has seen these messages. */
export async function markRead(trx: Trx, messageIds: string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await trx
    .updateTable('notice')
    .set({ state: 'read' })
    .where('message_id', 'in', messageIds)
    .where('state', '=', 'sent')
    .execute();
}

/** Marks an answer that was sent a second time because nobody knows whether the first arrived. */
export const RESENT = 'resent';

export async function markSent(db: Db | Trx, id: string, messageId: string | undefined, now: number): Promise<void> {
  await db
    .updateTable('notice')
    .set({ state: 'sent', sent_at: now, message_id: messageId ?? null })
    .where('id', '=', id)
    .where('state', '=', 'claimed')
    .execute();
}

/** Refused for good; the reason is what an operator reads. */
export async function markDropped(db: Db | Trx, id: string, reason: string): Promise<void> {
  await db.updateTable('notice').set({ state: 'dropped', reason }).where('id', '=', id).execute();
}

/** Not sent for certain: gives the claim back, to be taken up at `dueAt`. */
export async function postpone(db: Db | Trx, id: string, dueAt: number): Promise<void> {
  await db
    .updateTable('notice')
    .set({ state: 'planned', due_at: dueAt, lease_until: 0, claimed_at: null })
    .where('id', '=', id)
    .where('state', '=', 'claimed')
    .execute();
}

/** This attempt is over and its outcome unknown: the next may repeat it from then on. A later claim is left alone. */
export async function shortenLease(db: Db, { id, attempt }: Notice, until: number): Promise<void> {
  await db
    .updateTable('notice')
    .set({ lease_until: until })
    .where('id', '=', id)
    .where('state', '=', 'claimed')
    .where('attempt', '=', attempt)
    .execute();
}

/** What ought to be on its way: planned and due, or claimed by somebody whose lease ran out. */
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

/** Gives up every lease: in an embedded store whoever held one died with the process. */
export async function voidLeases(db: Db): Promise<void> {
  await db.updateTable('notice').set({ lease_until: 0 }).where('state', '=', 'claimed').execute();
}

/** Unsent notices that one event made; a repeated event pushes them on. */
export async function unsentOfCause(db: Db | Trx, cause: string): Promise<Hint[]> {
  const rows = await db
    .selectFrom('notice')
    .select(['id', 'line', 'attempt'])
    .where('cause', '=', cause)
    .where('state', 'in', ['planned', 'claimed'])
    .execute();
  return rows as Hint[];
}

/** Makes a notice that was dropped wait again. Only for one that never went out. */
export async function replan(trx: Trx, id: string, outgoing: Outgoing, now: number): Promise<void> {
  await trx
    .updateTable('notice')
    .set({
      state: 'planned',
      reason: null,
      claimed_at: null,
      lease_until: 0,
      due_at: now,
      body: JSON.stringify(outgoing),
    })
    .where('id', '=', id)
    .where('state', '=', 'dropped')
    .execute();
}

/** The notice of an identity, in whatever state. */
export async function noticeByIdentity(db: Db | Trx, identity: string): Promise<Notice | undefined> {
  const row = await db.selectFrom('notice').selectAll().where('identity', '=', identity).executeTakeFirst();
  return row && fromRow(row);
}

/** The notice behind a message that the bot sent. */
export async function noticeOfMessage(db: Db | Trx, messageId: string): Promise<Notice | undefined> {
  const row = await db.selectFrom('notice').selectAll().where('message_id', '=', messageId).executeTakeFirst();
  return row && fromRow(row);
}

/** A card whose place something else has taken: it shows what this cause made from now on. */
export async function adoptCard(trx: Trx, messageId: string, cause: string): Promise<void> {
  await trx.updateTable('notice').set({ cause, kind: 'answer' }).where('message_id', '=', messageId).execute();
}

/** Redrawings of a card that have not begun are overtaken by the one that follows. */
export async function dropRedraws(trx: Trx, messageId: string): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ state: 'dropped', reason: 'redrawn again' })
    .where('identity', 'like', `patch:${messageId}:%`)
    .where('state', '=', 'planned')
    .execute();
}

/** Notices that one message or click caused, with where they were sent. */
export async function noticesOfCause(db: Db | Trx, cause: string): Promise<Notice[]> {
  const rows = await db.selectFrom('notice').selectAll().where('cause', '=', cause).orderBy('id').execute();
  return rows.map(fromRow);
}

type Row = {
  id: string;
  identity: string;
  kind: string;
  line: string;
  recipient: string;
  programme_id: string | null;
  person_id: string | null;
  cause: string | null;
  state: string;
  attempt: number;
  due_at: number;
  claimed_at: number | null;
  message_id: string | null;
  reason: string | null;
  body: string;
};

const fromRow = (row: Row): Notice => ({
  id: row.id,
  identity: row.identity,
  kind: row.kind,
  line: row.line as Line,
  recipient: row.recipient,
  programmeId: row.programme_id ?? undefined,
  personId: row.person_id ?? undefined,
  cause: row.cause ?? undefined,
  state: row.state as NoticeState,
  attempt: row.attempt,
  dueAt: Number(row.due_at),
  claimedAt: row.claimed_at === null ? undefined : Number(row.claimed_at),
  messageId: row.message_id ?? undefined,
  reason: row.reason ?? undefined,
  outgoing: JSON.parse(row.body) as Outgoing,
});
