import { withNote } from '../cards/card-text.ts';
import { type Card, textsOf } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import type { Reaction } from '../lark/outgoing.ts';
import { LarkRefused } from '../lark/refusal.ts';
import { isQuiet } from '../plan/notices/index.ts';
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
import { type Trx, transact } from '../store/transaction.ts';
import { type Drawn, draw } from './draw.ts';
import { localTime, nextMorning } from './remind.ts';
import { markUnreachable } from './unreachable.ts';

/** After an outcome that nobody knows: soon, since most are a hiccup and somebody waits, then at a lease's pace. */
const unknownRetryMs = (attempt: number): number => Math.min(1_000 * 4 ** (attempt - 1), 20_000);
const RECEIVER_RETRY_MS = 1_500;

type Later = { retryInMs: number } | undefined;

/** The client's function for each way of sending, which is also what Feishu's limits are counted by. */
const METHODS = {
  reply: 'reply',
  send: 'send',
  post: 'send',
  patch: 'patchCard',
  urgent: 'urgentApp',
  react: 'react',
} as const;

/**
 * Sends one notice: claim, draw, send, mark. Waits for its turn first, so that the lease of twenty seconds covers the call
 * alone. Claimed before it is sent, so that of several processes one sends; with the notice's id as `uuid`, so that a repeated
 * attempt within the hour is one message. Returns when to come back, or nothing when it is settled.
 */
export async function sendNotice(ctx: Ctx, id: string): Promise<Later> {
  const waiting = await waitingNotice(ctx.db, id);
  if (!waiting) return undefined;
  const early = Math.max(waiting.dueAt, waiting.leaseUntil) - ctx.now();
  if (early > 0) return { retryInMs: Math.max(50, early) };
  const { outgoing } = waiting;
  const ofMessage = outgoing.op === 'patch' || outgoing.op === 'react';
  await ctx.pace.turn(METHODS[outgoing.op], ofMessage ? outgoing.messageId : waiting.recipient);
  const claimed = await take(ctx, id);
  if (!claimed || 'retryInMs' in claimed) return claimed;
  try {
    const messageId = await deliver(ctx, claimed);
    await markSent(ctx.db, id, messageId, ctx.now());
    ctx.noted(claimed.kind, 'sent');
    return undefined;
  } catch (error) {
    if (!(error instanceof LarkRefused)) throw error;
    return refused(ctx, claimed, error);
  }
}

/** Claims a notice and makes it ready: what has lapsed is dropped, what must wait is given back. */
async function take(ctx: Ctx, id: string): Promise<Notice | Later> {
  const now = ctx.now();
  return transact(ctx.db, async (trx): Promise<Notice | Later> => {
    const claim = await claimNotice(trx, id, now);
    if (claim.kind === 'nothing') {
      if (claim.uncertain) ctx.noted(claim.uncertain, 'uncertain');
      return undefined;
    }
    if (claim.kind === 'later') return { retryInMs: Math.max(50, claim.at - now) };
    const { notice } = claim;
    if (spared(ctx, notice.outgoing.op)) {
      await markDropped(trx, id, 'quota');
      return undefined;
    }
    const drawn = await ready(trx, ctx, notice, now);
    if (drawn === 'later') {
      const at = nextMorning(now, ctx.config.timezone);
      await postpone(trx, id, at);
      return { retryInMs: at - now };
    }
    if ('notice' in drawn) return drawn.notice;
    await markDropped(trx, id, drawn.dropped);
    ctx.noted(notice.kind, 'dropped');
    return undefined;
  });
}

/** What goes first near the end of the month's calls; answers with content never do. */
const spared = ({ quota }: Ctx, op: Notice['outgoing']['op']): boolean =>
  (op === 'patch' && quota.sparesUpdates()) || (op === 'react' && quota.sparesReactions());

/** A notice with its text: reminders are drawn now. In quiet hours only answers, updates and what is urgent go out. */
async function ready(trx: Trx, ctx: Ctx, notice: Notice, now: number): Promise<Drawn> {
  if (notice.outgoing.undrawn) return draw(trx, ctx, notice, now);
  const waits = notice.line === 'notices' && notice.outgoing.op === 'send';
  return waits && isQuiet(localTime(now, ctx.config.timezone)) ? 'later' : { notice };
}

async function deliver(ctx: Ctx, notice: Notice): Promise<string | undefined> {
  const { outgoing } = notice;
  // After the platform's hour the old uuid protects nothing, and the second copy must say what it is.
  const resent = notice.reason === RESENT && outgoing.op !== 'react';
  const uuid = resent ? `${notice.id}-r` : notice.id;
  const card = resent ? withNote(outgoing.card as Card, (await textsFor(ctx, notice)).recorded.resent) : outgoing.card;
  try {
    return await hand(ctx, outgoing, { card }, uuid);
  } catch (error) {
    if (!(error instanceof LarkRefused && error.badCard) || outgoing.op === 'patch') throw error;
    ctx.log.error(
      { noticeId: notice.id, kind: notice.kind, code: error.code, detail: error.detail },
      'card refused, sending text',
    );
    await ctx.pace.turn(METHODS[outgoing.op], notice.recipient);
    return hand(ctx, outgoing, { text: outgoing.text }, `${uuid}-t`);
  }
}

/** In the language of whoever it is for; a group has none. */
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
    await lark.urgentApp(outgoing.messageId, [outgoing.openId]);
    return undefined;
  }
  if (outgoing.op === 'reply') return (await lark.reply({ messageId: outgoing.messageId, content, uuid })).messageId;
  const to = outgoing.op === 'post' ? { chatId: outgoing.chatId } : { openId: outgoing.openId };
  return (await lark.send({ to, content, uuid })).messageId;
}

async function refused(ctx: Ctx, notice: Notice, error: LarkRefused): Promise<{ retryInMs: number } | undefined> {
  const told = { noticeId: notice.id, kind: notice.kind, method: error.method, code: error.code, advice: error.advice };
  switch (error.retry) {
    case 'never':
      ctx.log.warn(told, 'notice refused');
      ctx.noted(notice.kind, 'refused');
      if (error.unreachable) await markUnreachable(ctx, notice, ctx.now());
      else await markDropped(ctx.db, notice.id, `${error.code} ${error.advice}`.trim());
      return undefined;
    case 'unknown_outcome':
      // It may have arrived: the claim stays, and the next attempt repeats the same bytes under the same uuid.
      ctx.log.warn(told, 'notice outcome unknown');
      await shortenLease(ctx.db, notice, ctx.now() + unknownRetryMs(notice.attempt));
      return { retryInMs: unknownRetryMs(notice.attempt) };
    default: {
      // The app's limit stops this method for everybody; a busy receiver delays nobody else.
      const wait = error.retry === 'after' ? (error.retryAfterSeconds ?? 1) * 1_000 : RECEIVER_RETRY_MS;
      if (error.retry === 'after') await ctx.pace.hold(METHODS[notice.outgoing.op], wait);
      await postpone(ctx.db, notice.id, ctx.now() + wait);
      return { retryInMs: wait };
    }
  }
}
