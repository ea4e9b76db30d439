import { withNote } from '../cards/card-text.ts';
import { type Card, textsOf } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import type { Reaction } from '../lark/outgoing.ts';
import { LarkRefused } from '../lark/refusal.ts';
import { localTime, nextMorning } from '../plan/clock.ts';
import { isQuiet, QUIET } from '../plan/notices/index.ts';
import { memberOf } from '../store/members.ts';
import type { Notice } from '../store/notice-row.ts';
import {
  claimNotice,
  markDropped,
  markSent,
  postpone,
  RESENT,
  shortenLease,
  waitingNotice,
} from '../store/notice-sending.ts';
import { turnOfPicture } from '../store/pictures.ts';
import { type Trx, transact } from '../store/transaction.ts';
import { type Drawn, draw } from './draw.ts';
import { markUnreachable } from './unreachable.ts';
import { notifyNudger } from './urgent-refused.ts';

/** The wait after an unknown outcome: short at first, since most are a hiccup and somebody waits, then as long as a lease. */
const unknownRetryMs = (attempt: number): number => Math.min(1_000 * 4 ** (attempt - 1), 20_000);
const RECEIVER_RETRY_MS = 1_500;

export type SendLater = { retryInMs: number } | undefined;

/** The client's function for each way of sending; Feishu's limits are counted by it too. */
const METHODS = {
  reply: 'reply',
  send: 'send',
  post: 'send',
  patch: 'patchCard',
  urgent: 'urgentApp',
  react: 'react',
} as const;

/**
 * Sends one notice: wait for its turn, claim, draw, send, mark. Its id as `uuid` makes repeated attempts within the hour one message.
 * Returns when to come back, or undefined when it is settled.
 */
export async function sendNotice(ctx: Ctx, id: string): Promise<SendLater> {
  const waiting = await waitingNotice(ctx.db, id);
  if (!waiting) return undefined;
  const early = Math.max(waiting.dueAt, waiting.leaseUntil) - ctx.now();
  if (early > 0) return { retryInMs: Math.max(50, early) };
  await turnOf(ctx, waiting);
  const claimed = await prepare(ctx, id);
  if (!claimed || 'retryInMs' in claimed) return claimed;
  return sendClaimed(ctx, claimed, (messageId) => markSent(ctx.db, [{ id, messageId }], ctx.now()));
}

/** Waits until this can be sent within Feishu's limits. */
export function turnOf({ pace }: Ctx, { outgoing, recipient }: Notice): Promise<void> {
  const ofMessage = outgoing.op === 'patch' || outgoing.op === 'react';
  return pace.turn(METHODS[outgoing.op], ofMessage ? outgoing.messageId : recipient);
}

/** Sends what this process has claimed, and marks it. Returns when to come back, or undefined when it is settled. */
export async function sendClaimed(
  ctx: Ctx,
  claimed: Notice,
  mark: (messageId: string | undefined) => Promise<void>,
): Promise<SendLater> {
  try {
    const messageId = await deliver(ctx, claimed);
    await mark(messageId);
    ctx.noted(claimed.kind, 'sent');
    return undefined;
  } catch (error) {
    if (!(error instanceof LarkRefused)) throw error;
    return refused(ctx, claimed, error);
  }
}

/** Claims a notice and prepares it: expired notices are dropped, early ones released. */
async function prepare(ctx: Ctx, id: string): Promise<Notice | SendLater> {
  const now = ctx.now();
  return transact(ctx.db, async (trx): Promise<Notice | SendLater> => {
    const claim = await claimNotice(trx, id, now);
    if (claim.kind === 'nothing') {
      if (claim.uncertain) ctx.noted(claim.uncertain, 'uncertain');
      return undefined;
    }
    if (claim.kind === 'later') return { retryInMs: Math.max(50, claim.at - now) };
    const { notice } = claim;
    const turn = await turnOfPicture(trx, notice, now);
    if (turn === 'overtaken') {
      await markDropped(trx, id, 'a newer redraw exists');
      return undefined;
    }
    if (turn !== 'now') {
      await postpone(trx, notice, turn.at);
      return { retryInMs: turn.at - now };
    }
    if (spared(ctx, notice.outgoing.op)) {
      await markDropped(trx, id, 'quota');
      return undefined;
    }
    const drawn = await ready(trx, ctx, notice, now);
    if (drawn === 'later') {
      const { to } = await quietOf(trx, ctx, notice);
      const at = nextMorning(now, ctx.config.timezone, to);
      await postpone(trx, notice, at);
      return { retryInMs: at - now };
    }
    if ('notice' in drawn) return drawn.notice;
    await markDropped(trx, id, drawn.dropped);
    ctx.noted(notice.kind, 'dropped');
    return undefined;
  });
}

/** What is saved first near the end of the month's quota; answers with content are always sent. */
const spared = ({ quota }: Ctx, op: Notice['outgoing']['op']): boolean =>
  (op === 'patch' && quota.sparesUpdates()) || (op === 'react' && quota.sparesReactions());

/** A notice with its text: reminders are drawn now. In quiet hours only answers, updates and urgent marks go out. */
async function ready(trx: Trx, ctx: Ctx, notice: Notice, now: number): Promise<Drawn> {
  const { undrawn } = notice.outgoing;
  if (undrawn && !undrawn.frozen) return draw(trx, ctx, notice, now);
  const waits = notice.line === 'notices' && notice.outgoing.op === 'send';
  const localNow = localTime(now, ctx.config.timezone);
  return waits && isQuiet(localNow, await quietOf(trx, ctx, notice)) ? 'later' : { notice };
}

/** The quiet hours of the notice's programme. */
async function quietOf(trx: Trx, ctx: Ctx, { programmeId }: Notice): Promise<typeof QUIET> {
  const programme = programmeId === undefined ? undefined : await ctx.programmeOf(trx, programmeId);
  return programme?.reminders?.quiet ?? QUIET;
}

async function deliver(ctx: Ctx, notice: Notice): Promise<string | undefined> {
  const { outgoing } = notice;
  // After the platform's hour the old uuid no longer protects, and the second copy must say what it is.
  const resent = notice.reason === RESENT && !NO_FALLBACK.has(outgoing.op);
  const uuid = resent ? `${notice.id}-r` : notice.id;
  const card = resent ? withNote(outgoing.card as Card, (await textsFor(ctx, notice)).recorded.resent) : outgoing.card;
  try {
    return await hand(ctx, outgoing, { card }, uuid);
  } catch (error) {
    if (!(error instanceof LarkRefused) || !('card' in outgoing) || NO_FALLBACK.has(outgoing.op)) throw error;
    if (error.badContent) return neutral(ctx, notice, uuid, error);
    if (!error.badCard) throw error;
    logRefusal(ctx, notice, error, 'card refused, sending text');
    await ctx.pace.turn(METHODS[outgoing.op], notice.recipient);
    try {
      return await hand(ctx, outgoing, { text: outgoing.text }, `${uuid}-t`);
    } catch (second) {
      if (second instanceof LarkRefused && second.badContent) return neutral(ctx, notice, uuid, second);
      throw second;
    }
  }
}

/** These are not new messages, so they have no fallback text. */
const NO_FALLBACK = new Set<Notice['outgoing']['op']>(['patch', 'urgent', 'react']);

/** A word filter or a data-leak rule blocked the content: a neutral text still says that there is an answer, and who can help. */
async function neutral(ctx: Ctx, notice: Notice, uuid: string, error: LarkRefused): Promise<string | undefined> {
  logRefusal(ctx, notice, error, 'content refused, sending a neutral text');
  await ctx.pace.turn(METHODS[notice.outgoing.op], notice.recipient);
  return hand(ctx, notice.outgoing, { text: (await textsFor(ctx, notice)).recorded.blocked }, `${uuid}-n`);
}

const logRefusal = (ctx: Ctx, { id, kind }: Notice, { code, detail }: LarkRefused, what: string): void =>
  ctx.log.error({ noticeId: id, kind, code, detail }, what);

/** Texts in the recipient's language; a group has none. */
async function textsFor({ db }: Ctx, { programmeId, personId }: Notice) {
  const member = programmeId && personId ? await memberOf(db, programmeId, personId) : undefined;
  return textsOf(member?.settings.locale);
}

async function hand(
  { lark }: Ctx,
  outgoing: Notice['outgoing'],
  content: { card: object } | { text: string },
  uuid: string,
): Promise<string | undefined> {
  if (outgoing.op === 'patch') {
    await lark.patchCard(outgoing.messageId, outgoing.card);
    return undefined;
  }
  if (outgoing.op === 'react') {
    await lark.react(outgoing.messageId, outgoing.emoji as Reaction);
    return undefined;
  }
  if (outgoing.op === 'urgent') {
    const [missed] = await lark.urgentApp(outgoing.messageId, [outgoing.openId]);
    if (missed) throw new LarkRefused({ method: 'urgentApp', code: 230013, status: 200, retry: 'never' });
    return undefined;
  }
  if (outgoing.op === 'reply') return (await lark.reply({ messageId: outgoing.messageId, content, uuid })).messageId;
  const to = outgoing.op === 'post' ? { chatId: outgoing.chatId } : { openId: outgoing.openId };
  return (await lark.send({ to, content, uuid })).messageId;
}

/** How long messages wait for an app that lacks a scope or an approval: a weekend and a day. */
const APP_HORIZON_MS = { answers: 72 * 3_600_000, notices: 12 * 3_600_000 };
const APP_RETRY_MS = 5 * 60_000;

async function refused(ctx: Ctx, notice: Notice, error: LarkRefused): Promise<SendLater> {
  const facts = {
    noticeId: notice.id,
    kind: notice.kind,
    method: error.method,
    code: error.code,
    advice: error.advice,
  };
  const reason = `${error.code} ${error.advice}`.trim();
  switch (error.retry) {
    case 'never':
      ctx.log.warn(facts, 'notice refused');
      return giveUp(ctx, notice, error);
    case 'unknown_outcome':
      // It may have arrived: the claim stays, and the next attempt repeats the same bytes under the same uuid.
      ctx.log.warn(facts, 'notice outcome unknown');
      await shortenLease(ctx.db, notice, ctx.now() + unknownRetryMs(notice.attempt));
      return { retryInMs: unknownRetryMs(notice.attempt) };
    case 'app': {
      ctx.log.warn(facts, 'notice waits until the app is fixed');
      const waited = (notice.attempt - 1) * APP_RETRY_MS;
      if (NO_FALLBACK.has(notice.outgoing.op) || waited >= APP_HORIZON_MS[notice.line])
        return giveUp(ctx, notice, error);
      await postpone(ctx.db, notice, ctx.now() + APP_RETRY_MS, notice.reason ?? reason);
      return { retryInMs: APP_RETRY_MS };
    }
    default: {
      // The app's limit stops this method for everybody; a busy receiver delays only its own messages.
      const wait = error.retry === 'after' ? (error.retryAfterSeconds ?? 1) * 1_000 : RECEIVER_RETRY_MS;
      if (error.retry === 'after') await ctx.pace.hold(METHODS[notice.outgoing.op], wait);
      await postpone(ctx.db, notice, ctx.now() + wait);
      return { retryInMs: wait };
    }
  }
}

async function giveUp(ctx: Ctx, notice: Notice, error: LarkRefused): Promise<undefined> {
  ctx.noted(notice.kind, 'refused');
  if (notice.outgoing.op === 'urgent') await notifyNudger(ctx, notice, error);
  else if (error.unreachable) await markUnreachable(ctx, notice, ctx.now());
  else await markDropped(ctx.db, notice.id, `${error.code} ${error.advice}`.trim());
}
