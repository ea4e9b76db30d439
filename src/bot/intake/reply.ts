import { drawn } from '../../cards/card-text.ts';
import type { Card } from '../../cards/index.ts';
import type { Reaction } from '../../lark/outgoing.ts';
import type { Hint } from '../../store/notices.ts';
import { post } from '../../store/post.ts';
import type { Trx } from '../../store/transaction.ts';

/** The recipient of an answer: part of `Facts`, or less if the sender is unknown. */
interface Answered {
  openId: string;
  now: number;
  newId: () => string;
  cause: string;
  programme?: { id: string };
  me?: { id: string };
}

/** Plans an answer to a message; `chatId` if it was written in a group. */
export function reply(
  trx: Trx,
  to: Answered,
  { messageId, identity, card, chatId }: { messageId: string; identity: string; card: Card; chatId?: string },
): Promise<Hint[]> {
  return post(trx, to, {
    identity,
    kind: 'answer',
    op: 'reply',
    messageId,
    to: chatId ?? to.openId,
    programmeId: to.programme?.id,
    personId: to.me?.id,
    cause: to.cause,
    ...drawn(card, { programmeId: to.programme?.id }),
  });
}

/** Plans an emoji under a message; `chatId` if it was written in a group. */
export function react(
  trx: Trx,
  to: Answered,
  { messageId, identity, emoji, chatId }: { messageId: string; identity: string; emoji: Reaction; chatId?: string },
): Promise<Hint[]> {
  return post(trx, to, {
    identity,
    kind: 'reaction',
    op: 'react',
    messageId,
    emoji,
    to: chatId ?? to.openId,
    programmeId: to.programme?.id,
    personId: to.me?.id,
    cause: to.cause,
    card: {},
    text: '',
  });
}
