import { cardText, notice as noticeCard, textsOf } from '../cards/index.ts';
import type { Ctx } from '../context.ts';
import type { LarkRefused } from '../lark/refusal.ts';
import type { Notice } from '../store/notice-row.ts';
import { markDropped } from '../store/notice-sending.ts';
import { type Hint, planNotice } from '../store/notices.ts';
import { transact } from '../store/transaction.ts';

/** Whoever pressed 加急 was told that it is under way, and hears that it was not. */
export async function tellAsker(ctx: Ctx, notice: Notice, { code, advice }: LarkRefused): Promise<void> {
  const { outgoing, programmeId } = notice;
  if (outgoing.op !== 'urgent') return;
  const { openId, locale } = outgoing.askedBy;
  const t = textsOf(locale);
  const why = locale === 'en-US' ? `code ${code}` : advice || String(code);
  const { urgentRefusedTitle: title, urgentRefused: text } = t.reminders;
  const card = noticeCard({ title, text: text(why), template: 'orange' }, t);
  const id = ctx.newId();
  const hints = await transact(ctx.db, async (trx): Promise<Hint[]> => {
    await markDropped(trx, notice.id, `${code} ${advice}`.trim());
    const planned = await planNotice(trx, {
      id,
      identity: `urgent-refused|${notice.id}|${notice.attempt}`,
      kind: 'urgent_refused',
      line: 'answers',
      recipient: openId,
      programmeId,
      dueAt: ctx.now(),
      outgoing: { op: 'send', openId, card, text: cardText(card) },
    });
    return planned ? [{ id, line: 'answers', attempt: 0 }] : [];
  });
  await ctx.enqueue(hints);
}
