import { cardText, textsOf } from '../../cards/index.ts';
import { actingOn } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { memberOf } from '../../store/members.ts';
import type { NewNotice, Notice } from '../../store/notice-row.ts';
import { dropRedraws, type Hint, noticesOfCause, planNotice } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';
import { causeCard } from '../insight/card-models.ts';
import type { Facts } from './facts.ts';
import { localeOf } from './language.ts';

/** A card is patched at the earliest this long after a callback on it: before, the platform puts the old one back. */
const PATCH_DELAY_MS = 1_000;

/** Plans to redraw the answers that show what this cause recorded, each as its own reader is to see it. */
export async function redraw(trx: Trx, facts: Facts, of: string): Promise<Hint[]> {
  const hints: Hint[] = [];
  const shown = (await noticesOfCause(trx, of)).filter((n) => n.kind === 'answer' && n.messageId !== undefined);
  for (const notice of shown) {
    const card = await causeCard(trx, await readerOf(trx, facts, notice), of);
    if (!card) continue;
    const messageId = notice.messageId!;
    await dropRedraws(trx, messageId);
    const patch: NewNotice = {
      id: facts.newId(),
      identity: `patch:${messageId}:${facts.cause}`,
      kind: 'redraw',
      line: 'answers',
      recipient: notice.recipient,
      programmeId: facts.programme.id,
      personId: notice.personId,
      cause: facts.cause,
      dueAt: facts.now + PATCH_DELAY_MS,
      outgoing: { op: 'patch', messageId, card, text: cardText(card) },
    };
    if (await planNotice(trx, patch))
      hints.push({ id: patch.id, line: 'answers', attempt: 0, delayMs: PATCH_DELAY_MS });
  }
  return hints;
}

/** Whoever changed the record: a card in a group names no pupil, and everybody reads their own language. */
async function readerOf(trx: Trx, facts: Facts, notice: Notice): Promise<Facts> {
  const group = notice.recipient.startsWith('oc_');
  const { programme } = facts;
  if (!notice.personId || notice.personId === facts.me.id) return { ...facts, group };
  const member = await memberOf(trx, programme.id, notice.personId);
  const who = rosterOf(programme).person.get(notice.personId);
  const me = who && actingOn(who, facts.today);
  return member && me ? { ...facts, group, me, member, t: textsOf(localeOf(member.settings)) } : { ...facts, group };
}
