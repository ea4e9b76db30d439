import type { Ctx } from '../context.ts';
import { LarkRefused } from '../lark/refusal.ts';
import { type Claim, claimNotice, markDropped, markSent, type Notice, postpone, RESENT } from '../store/notices.ts';
import { transact } from '../store/transaction.ts';

/** Sending again earlier than this cannot help: the lease of the attempt that broke off is twenty seconds. */
const UNKNOWN_RETRY_MS = 21_000;
const RECEIVER_RETRY_MS = 1_500;

/**
 * Sends one notice: claim, send, mark. Claimed first, so that of several processes one sends; with the notice's id as
 * `uuid`, so that a repeated attempt within the hour is one message. Returns when to come back, or nothing when it is settled.
 */
export async function sendNotice(ctx: Ctx, id: string): Promise<{ retryInMs: number } | undefined> {
  const now = ctx.now();
  const claim: Claim = await transact(ctx.db, (trx) => claimNotice(trx, id, now));
  if (claim.kind === 'nothing') return undefined;
  if (claim.kind === 'later') return { retryInMs: Math.max(50, claim.at - now) };
  const { notice } = claim;
  try {
    const messageId = await deliver(ctx, notice);
    await markSent(ctx.db, id, messageId, ctx.now());
    return undefined;
  } catch (error) {
    if (!(error instanceof LarkRefused)) throw error;
    return refused(ctx, notice, error);
  }
}

async function deliver(ctx: Ctx, notice: Notice): Promise<string | undefined> {
  const { outgoing } = notice;
  // After the platform's hour the old uuid protects nothing, and the second copy must say what it is.
  const resent = notice.reason === RESENT;
  const uuid = resent ? `${notice.id}-r` : notice.id;
  try {
    return await hand(ctx, outgoing, { card: outgoing.card }, uuid);
  } catch (error) {
    if (!(error instanceof LarkRefused && error.badCard) || outgoing.op === 'patch') throw error;
    ctx.log.error(
      { noticeId: notice.id, kind: notice.kind, code: error.code, detail: error.detail },
      'card refused, sending text',
    );
    return hand(ctx, outgoing, { text: outgoing.text }, `${uuid}-t`);
  }
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
  if (outgoing.op === 'reply') return (await lark.reply({ messageId: outgoing.messageId, content, uuid })).messageId;
  const to = outgoing.op === 'post' ? { chatId: outgoing.chatId } : { openId: outgoing.openId };
  return (await lark.send({ to, content, uuid })).messageId;
}

async function refused(ctx: Ctx, notice: Notice, error: LarkRefused): Promise<{ retryInMs: number } | undefined> {
  const told = { noticeId: notice.id, kind: notice.kind, method: error.method, code: error.code, advice: error.advice };
  switch (error.retry) {
    case 'never':
      ctx.log.warn(told, 'notice refused');
      await markDropped(ctx.db, notice.id, `${error.code} ${error.advice}`.trim());
      return undefined;
    case 'unknown_outcome':
      // It may have arrived: the claim stays, and the next attempt repeats the same bytes under the same uuid.
      ctx.log.warn(told, 'notice outcome unknown');
      return { retryInMs: UNKNOWN_RETRY_MS };
    default: {
      const wait = error.retry === 'after' ? (error.retryAfterSeconds ?? 1) * 1_000 : RECEIVER_RETRY_MS;
      await postpone(ctx.db, notice.id, ctx.now() + wait);
      return { retryInMs: wait };
    }
  }
}
