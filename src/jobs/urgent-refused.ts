import { drawn } from '../cards/card-text.ts';
import { notice as noticeCard, textsOf } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import type { LarkRefused } from '../lark/refusal.ts';
import { NOTICE } from '../plan/identities.ts';
import type { Notice } from '../store/notice-row.ts';
import { markDropped } from '../store/notice-sending.ts';
import type { Hint } from '../store/notices.ts';
import { post } from '../store/post.ts';
import { transact } from '../store/transaction.ts';

/** Notifies the coordinator who pressed 加急 that it failed, after the card said it was under way. */
export async function notifyNudger(ctx: Ctx, notice: Notice, { code, advice }: LarkRefused): Promise<void> {
  const { outgoing, programmeId } = notice;
  if (outgoing.op !== 'urgent') return;
  const { openId, locale } = outgoing.askedBy;
  const t = textsOf(locale);
  const why = locale === 'en-US' ? `code ${code}` : advice || String(code);
  const { urgentRefusedTitle: title, urgentRefused: text } = t.reminders;
  const card = noticeCard({ title, text: text(why), template: 'orange' }, t);
  const identity = NOTICE.urgentRefused(notice.id, notice.attempt);
  const hints = await transact(ctx.db, async (trx): Promise<Hint[]> => {
    await markDropped(trx, notice.id, `${code} ${advice}`.trim());
    const letter = { identity, kind: 'urgent_refused', to: openId, programmeId, ...drawn(card, { programmeId }) };
    return post(trx, { now: ctx.now(), newId: ctx.newId }, letter);
  });
  await ctx.deliver(hints);
}
