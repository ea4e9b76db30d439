import { notice, refused } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import type { MessageEvent } from '../../lark/event.ts';
import { CAUSE, NOTICE } from '../../plan/identities.ts';
import { redeemCode } from '../../store/administrators.ts';
import type { Hint } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';
import { strangerTexts } from '../intake/language.ts';
import { reply } from '../intake/reply.ts';

/** The letters of a code, without look-alikes. 12 of 32 give 60 bits, too many to guess through a chat. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE = /^JD(-[2-9A-HJ-NP-Z]{4}){3}$/i;

/** The code that `start` prints for the first administrator, from twelve random bytes. */
export const codeFrom = (random: Uint8Array): string =>
  ['JD', ...[0, 4, 8].map((i) => [...random.subarray(i, i + 4)].map((b) => LETTERS[b % 32]).join(''))].join('-');

export const isCode = (text: string): boolean => CODE.test(text.trim());

/** Makes the sender of the code the first administrator. A wrong or used code is refused; in a group it is not read. */
export async function redeem(trx: Trx, ctx: Ctx, event: MessageEvent, text: string): Promise<Hint[]> {
  const { openId } = event.sender;
  const now = ctx.now();
  const t = strangerTexts();
  const isGroup = event.chatType === 'group';
  const redeemed = !isGroup && (await redeemCode(trx, text.trim().toUpperCase(), openId, now));
  const card = redeemed
    ? notice({ title: t.admin.title, text: t.admin.text, template: 'green' }, t)
    : refused({ reason: isGroup ? 'group' : 'used_code' }, t);
  if (redeemed) ctx.log.info('first administrator bound');
  return reply(
    trx,
    { now, newId: ctx.newId, openId, cause: CAUSE.message(event.messageId) },
    {
      messageId: event.messageId,
      identity: NOTICE.firstCode(event.messageId),
      card,
      chatId: isGroup ? event.chatId : undefined,
    },
  );
}
