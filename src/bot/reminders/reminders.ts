import type { Card } from '../../cards/index.ts';
import { reminder } from '../../cards/reminder.ts';
import { UserError } from '../../errors.ts';
import { addDays } from '../../plan/dates.ts';
import { dayOf } from '../../plan/notices/day.ts';
import { dutiesIn, mayNudge, type NudgePart, type ReminderPart } from '../../plan/notices/index.ts';
import { lateDuties } from '../../plan/notices/scope.ts';
import { memberOf, membersOfPeople } from '../../store/members.ts';
import { type Hint, noticeByIdentity, noticeOfMessage, planNotice, replan } from '../../store/notices.ts';
import type { Counted } from '../../store/obligations.ts';
import { owedBy } from '../../store/owed.ts';
import type { Recorded } from '../../store/record.ts';
import { type ReminderFacts, readReminder } from '../../store/reminder-model.ts';
import { addParts, cardsNaming, nudgedSince, planCards } from '../../store/reminders.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Click } from '../intake/outcome.ts';

/** A callback's own card may be patched this long after it; before, the platform puts the old one back. */
const PATCH_DELAY_MS = 1_000;
/** Feishu lets a card be changed for a fortnight; a week is as long as anybody scrolls back. */
const RENEWED_DAYS = 7;
const LATE_DAYS = 60;

/** The reminder that a button belongs to; its reader's alone. Throws gone or not_yours. */
export async function ownReminder(trx: Trx, facts: Facts, { value }: Click): Promise<ReminderFacts> {
  const id = typeof value.notice === 'string' ? value.notice : '';
  const found = id === '' ? undefined : await readReminder(trx, facts.programme, id, facts.today);
  if (!found) throw new UserError('gone');
  if (found.me.id !== facts.me.id) throw new UserError('not_yours');
  return found;
}

/** The duty that a button of a reminder is about. Throws stale where it is no longer this person's. */
export async function ownDuty(trx: Trx, facts: Facts, click: Click): Promise<{ shown: ReminderFacts; duty: Counted }> {
  const shown = await ownReminder(trx, facts, click);
  const duty = typeof click.value.obligation === 'string' ? shown.duties.get(click.value.obligation) : undefined;
  if (!duty?.obligation.bearerIds.includes(facts.me.id)) throw new UserError('stale');
  return { shown, duty };
}

/** A reminder as it stands now, for the answer to a click on it. */
export async function reminderCard(trx: Trx, facts: Facts, id: string, page = 1): Promise<Card | undefined> {
  const found = await readReminder(trx, facts.programme, id, facts.today);
  return found && reminder({ ...found, page, named: facts.named }, facts.t);
}

/** The question about what was planned, alone and as it stands now. */
export async function plannedAgain(trx: Trx, facts: Facts, id: string): Promise<Card | undefined> {
  const found = await readReminder(trx, facts.programme, id, facts.today);
  return (
    found &&
    reminder({ ...found, named: facts.named, parts: found.parts.filter((p) => p.kind === 'planned-activity') }, facts.t)
  );
}

/** The reminder behind a message that was pressed, as it stands now; nothing where the message is no reminder of this reader. */
export async function digestAgain(trx: Trx, facts: Facts, messageId: string, page = 1): Promise<Card | undefined> {
  const notice = await noticeOfMessage(trx, messageId);
  const found = notice && (await readReminder(trx, facts.programme, notice.id, facts.today));
  return found?.me.id === facts.me.id ? reminder({ ...found, page, named: facts.named }, facts.t) : undefined;
}

/**
 * A record has changed what some duties come to, or tells of something that was planned: the reminders that ask for it are drawn
 * anew, in place.
 */
export async function renewCards(trx: Trx, facts: Facts, recorded: Recorded[]): Promise<Hint[]> {
  const duties = recorded.flatMap((r) => r.obligations.map((o) => o.obligation));
  const ids = new Set(duties.map((o) => o.id));
  const activities = recorded.map((r) => r.activity);
  const concerns = (part: ReminderPart): boolean =>
    part.kind === 'planned-activity'
      ? activities.some(
          (a) => a.id === part.activityId || (a.kind === part.activity && part.date <= a.date && a.date <= part.until),
        )
      : dutiesIn(part).some((id) => ids.has(id));
  const since = { day: addDays(facts.today, -RENEWED_DAYS), sentAt: facts.now - RENEWED_DAYS * 86_400_000 };
  const hints: Hint[] = [];
  const people = new Set([...duties.flatMap((o) => o.bearerIds), ...activities.flatMap((a) => [a.byId, a.reporterId])]);
  for (const card of await cardsNaming(trx, facts.programme.id, [...people], concerns, since))
    hints.push(...(await renew(trx, facts, card)));
  return hints;
}

/** Plans the redrawing of a reminder. It is drawn when it is sent, so that several changes make one picture. */
async function renew(
  trx: Trx,
  facts: Facts,
  card: { id: string; messageId: string; recipient: string; personId: string },
): Promise<Hint[]> {
  const id = facts.newId();
  const fresh = await planNotice(trx, {
    id,
    identity: `patch:${card.messageId}:${facts.cause}`,
    kind: 'redraw',
    line: 'notices',
    recipient: card.recipient,
    programmeId: facts.programme.id,
    personId: card.personId,
    dueAt: facts.now + PATCH_DELAY_MS,
    outgoing: { op: 'patch', messageId: card.messageId, card: {}, text: '', undrawn: { of: card.id } },
  });
  return fresh ? [{ id, line: 'notices', attempt: 0, delayMs: PATCH_DELAY_MS }] : [];
}

/**
 * What may be nudged now, by person: duties that are late and that nobody nudged within two days. Throws nudged where all were.
 */
export async function nudgeable(trx: Trx, facts: Facts, personIds: string[]): Promise<NudgePart[]> {
  const { programme, today, me } = facts;
  const range = { start: addDays(today, -LATE_DAYS), end: today };
  const owed = await owedBy(trx, programme, personIds, range);
  const asked = new Set(personIds);
  const late = lateDuties(dayOf({ programme, owed, sent: new Set() }, `${today}T09:07`)).filter(
    (l) => asked.has(l.personId) && l.personId !== me.id,
  );
  const nudged = await nudgedSince(trx, programme.id, personIds, addDays(today, -1));
  const open = late.filter((l) => mayNudge(nudged.get(`${l.personId}|${l.duty.obligation.id}`), today));
  if (late.length > 0 && open.length === 0) throw new UserError('nudged');
  return open.map((l) => ({
    kind: 'nudge',
    recipientId: l.personId,
    key: l.duty.obligation.id,
    stage: today,
    obligationIds: [l.duty.obligation.id],
    fromId: me.id,
  }));
}

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
