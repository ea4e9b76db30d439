import { drawn } from '../../cards/card-text.ts';
import { textsOf } from '../../cards/index.ts';
import { actingOn } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { memberOf } from '../../store/members.ts';
import type { Notice } from '../../store/notice-row.ts';
import { type Hint, noticesOfCause } from '../../store/notices.ts';
import { lockCard, postPicture } from '../../store/pictures.ts';
import type { Trx } from '../../store/transaction.ts';
import { causeCard } from '../insight/record-cards.ts';
import type { Facts } from './facts.ts';
import { localeOf } from './language.ts';

/** Plans to redraw the answers that show what this cause recorded, each for its own reader. */
export async function redraw(trx: Trx, facts: Facts, of: string): Promise<Hint[]> {
  const hints: Hint[] = [];
  // One message may have made records in several programmes, each on its own card.
  const shown = (await noticesOfCause(trx, of)).filter(
    (n) => n.kind === 'answer' && n.messageId !== undefined && n.programmeId === facts.programme.id,
  );
  for (const notice of shown) {
    const messageId = notice.messageId!;
    // Waits for anyone who is changing another of its records.
    await lockCard(trx, messageId);
    const card = await causeCard(trx, await readerOf(trx, facts, notice), of);
    if (!card) continue;
    const { recipient: to, personId } = notice;
    const who = { messageId, to, programmeId: facts.programme.id, personId, by: facts.cause, cause: facts.cause };
    hints.push(...(await postPicture(trx, facts, { ...who, ...drawn(card, who) })));
  }
  return hints;
}

/**
 * The reader of an answer, not the person who changed the record: a group sees no pupil's name, and readers keep their language.
 */
async function readerOf(trx: Trx, facts: Facts, notice: Notice): Promise<Facts> {
  const group = notice.recipient.startsWith('oc_');
  const { programme } = facts;
  if (!notice.personId || notice.personId === facts.me.id) return { ...facts, group };
  const member = await memberOf(trx, programme.id, notice.personId);
  const who = rosterOf(programme).person.get(notice.personId);
  const me = who && actingOn(who, facts.today);
  return member && me ? { ...facts, group, me, member, t: textsOf(localeOf(member.settings)) } : { ...facts, group };
}
