import type { NudgePart } from '../../plan/notices/index.ts';
import { memberOf, membersOfPeople } from '../../store/members.ts';
import { type Hint, noticeByIdentity, planNotice, replan } from '../../store/notices.ts';
import { addParts, planCards } from '../../store/reminders.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { renew } from './renew-cards.ts';

const nudgeIdentity = (openId: string, day: string) => `nudge|${openId}|${day}`;

/** 催办: one card a day for each receiver; what is added later updates it. */
export async function writeNudges(trx: Trx, facts: Facts, parts: NudgePart[]): Promise<Hint[]> {
  const { programme, today, now, newId } = facts;
  const byPerson = Map.groupBy(parts, (p) => p.recipientId);
  const members = await membersOfPeople(trx, programme.id, [...byPerson.keys()]);
  const hints: Hint[] = [];
  for (const [personId, own] of byPerson) {
    const member = members.get(personId);
    if (!member) continue;
    const identity = nudgeIdentity(member.openId, today);
    const before = await noticeByIdentity(trx, identity);
    if (before) {
      await addParts(trx, before, own, today);
      const { id, messageId, recipient } = before;
      // What was dropped reached nobody: it is today's card after all.
      if (before.state === 'dropped') {
        await replan(trx, id, { op: 'send', openId: member.openId, card: {}, text: '', undrawn: { of: id } }, now);
        hints.push({ id, line: 'notices', attempt: before.attempt });
      }
      if (messageId) hints.push(...(await renew(trx, facts, { id, messageId, recipient, personId })));
      continue;
    }
    const id = newId();
    const outgoing = { op: 'send' as const, openId: member.openId, card: {}, text: '', undrawn: { of: id } };
    const who = { recipient: member.openId, programmeId: programme.id, personId };
    const notice = { id, identity, kind: 'nudge', line: 'notices' as const, ...who, dueAt: now, outgoing };
    if ((await planCards(trx, [{ notice, parts: own, day: today }])).has(id))
      hints.push({ id, line: 'notices', attempt: 0 });
  }
  return hints;
}

/** 加急 on today's 催办 of a person, once. `later`: it has not been delivered yet. */
export async function writeUrgent(trx: Trx, facts: Facts, messageId: string, personId: string): Promise<Hint[]> {
  const member = await memberOf(trx, facts.programme.id, personId);
  if (!member) return [];
  const id = facts.newId();
  const fresh = await planNotice(trx, {
    id,
    identity: `urgent|${messageId}`,
    kind: 'urgent',
    line: 'notices',
    recipient: member.openId,
    programmeId: facts.programme.id,
    personId,
    dueAt: facts.now,
    outgoing: { op: 'urgent', messageId, openId: member.openId, card: {}, text: '' },
  });
  return fresh ? [{ id, line: 'notices', attempt: 0 }] : [];
}

/** Today's 催办 card of a person, if it has been delivered. */
export async function nudgeMessage(trx: Trx, facts: Facts, personId: string): Promise<string | undefined> {
  const member = await memberOf(trx, facts.programme.id, personId);
  if (!member) return undefined;
  return (await noticeByIdentity(trx, nudgeIdentity(member.openId, facts.today)))?.messageId;
}
