import { type Card, cardText } from '../../cards/index.ts';
import type { Line } from '../../store/notice-row.ts';
import { type Hint, planNotice } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from './facts.ts';

type Told = { identity: string; kind: string; cause?: string; card: Card; line?: Line };

type Maker = { now: number; newId: () => string };

/** Plans a card for a person or group who may be in no roster; once for its identity. */
export async function tell(
  trx: Trx,
  { now, newId }: Maker,
  to: { openId: string; programmeId?: string; personId?: string } | { chatId: string },
  { identity, kind, cause, card, line = 'answers' }: Told,
): Promise<Hint[]> {
  const id = newId();
  const content = { card, text: cardText(card) };
  const [recipient, outgoing] =
    'openId' in to
      ? [to.openId, { op: 'send' as const, openId: to.openId, ...content }]
      : [to.chatId, { op: 'post' as const, chatId: to.chatId, ...content }];
  const who = 'openId' in to ? { programmeId: to.programmeId, personId: to.personId } : {};
  const fresh = await planNotice(trx, { id, identity, kind, line, recipient, ...who, cause, dueAt: now, outgoing });
  return fresh ? [{ id, line, attempt: 0 }] : [];
}

/** Plans an answer to a message of the one whom `facts` are about. */
export async function reply(
  trx: Trx,
  facts: Pick<Facts, 'now' | 'newId' | 'openId' | 'cause'> & { programme?: { id: string }; me?: { id: string } },
  { messageId, identity, card, chatId }: { messageId: string; identity: string; card: Card; chatId?: string },
): Promise<Hint[]> {
  const id = facts.newId();
  const fresh = await planNotice(trx, {
    id,
    identity,
    kind: 'answer',
    line: 'answers',
    recipient: chatId ?? facts.openId,
    programmeId: facts.programme?.id,
    personId: facts.me?.id,
    cause: facts.cause,
    dueAt: facts.now,
    outgoing: { op: 'reply', messageId, card, text: cardText(card) },
  });
  return fresh ? [{ id, line: 'answers', attempt: 0 }] : [];
}
