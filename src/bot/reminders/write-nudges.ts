import { NOTICE } from '../../plan/identities.ts';
import type { NudgePart } from '../../plan/notices/index.ts';
import { addressOf, memberOf, membersOfPeople } from '../../store/members.ts';
import { type Hint, noticeByIdentity, replan } from '../../store/notices.ts';
import { ITSELF, noticeFrom, post } from '../../store/post.ts';
import { addParts, planCards } from '../../store/reminders.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { renew } from './renew-cards.ts';

/** 催办: one card a day per receiver, which later nudges of the day update. */
export async function writeNudges(trx: Trx, facts: Facts, parts: NudgePart[]): Promise<Hint[]> {
  const { programme, today, now } = facts;
  const byPerson = Map.groupBy(parts, (p) => p.recipientId);
  const members = await membersOfPeople(trx, programme.id, [...byPerson.keys()]);
  const hints: Hint[] = [];
  for (const [personId, personParts] of byPerson) {
    const member = members.get(personId);
    if (!member) continue;
    const identity = NOTICE.nudge(member.openId, today);
    const before = await noticeByIdentity(trx, identity);
    const parts = personParts.map((part) => ({ programmeId: programme.id, part }));
    if (before) {
      await addParts(trx, before, parts, today);
      const { id, messageId, recipient } = before;
      // A dropped card did not reach its receiver, so it can be today's card after all.
      if (before.state === 'dropped') {
        await replan(trx, id, { op: 'send', openId: member.openId, card: {}, text: '', undrawn: { of: id } }, now);
        hints.push({ id, line: 'notices', attempt: before.attempt });
      }
      if (messageId) hints.push(...(await renew(trx, facts, { id, messageId, recipient, personId })));
      continue;
    }
    const letter = { identity, kind: 'nudge', line: 'notices' as const, ...addressOf(member), undrawn: ITSELF };
    hints.push(...(await planCards(trx, [{ notice: noticeFrom(facts, letter), parts, day: today }])));
  }
  return hints;
}

/** 加急: marks the 催办 that a person got today as urgent, once. */
export async function writeUrgent(trx: Trx, facts: Facts, messageId: string, personId: string): Promise<Hint[]> {
  const member = await memberOf(trx, facts.programme.id, personId);
  if (!member) return [];
  const askedBy = { openId: facts.openId, locale: facts.member.settings.locale };
  const identity = NOTICE.urgent(messageId);
  const before = await noticeByIdentity(trx, identity);
  // Feishu refused it before, for example for a missing scope; another click tries again.
  if (before?.state === 'dropped') {
    const outgoing = { op: 'urgent' as const, messageId, openId: member.openId, askedBy, card: {}, text: '' };
    await replan(trx, before.id, outgoing, facts.now);
    return [{ id: before.id, line: 'notices', attempt: before.attempt }];
  }
  const letter = { identity, kind: 'urgent', line: 'notices' as const, card: {}, text: '' };
  return post(trx, facts, { ...letter, op: 'urgent', messageId, askedBy, ...addressOf(member) });
}

/** Today's 催办 card of a person, if it has been delivered. */
export async function nudgeMessage(trx: Trx, facts: Facts, personId: string): Promise<string | undefined> {
  const member = await memberOf(trx, facts.programme.id, personId);
  if (!member) return undefined;
  return (await noticeByIdentity(trx, NOTICE.nudge(member.openId, facts.today)))?.messageId;
}
