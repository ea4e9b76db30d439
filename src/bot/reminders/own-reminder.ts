import type { Card } from '../../cards/index.ts';
import { reminder, reminders } from '../../cards/reminder.ts';
import { about } from '../../cards/together.ts';
import { UserError } from '../../errors.ts';
import { noticeOfMessage } from '../../store/notices.ts';
import type { Counted } from '../../store/obligations.ts';
import { type ReminderFacts, readReminder } from '../../store/reminder-model.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';

/** What a reminder's buttons carry. */
type OnReminder = { value: { notice: string } };
type OnDuty = { value: { notice: string; obligation: string } };

/** The contents of a reminder for the asker, post by post. */
const reminderOf = (trx: Trx, { posts, today }: Facts, notice: string): Promise<ReminderFacts[]> =>
  readReminder(trx, async (id) => posts.find((p) => p.programme.id === id)?.programme, notice, today);

/** The contents of a reminder for the post that a button carries; for its reader only. Throws gone or not_yours. */
export async function ownReminder(trx: Trx, facts: Facts, { value }: OnReminder): Promise<ReminderFacts> {
  const found = await reminderOf(trx, facts, value.notice);
  if (found.length === 0) throw new UserError('gone');
  const reminder = found.find(({ me }) => me.id === facts.me.id);
  if (!reminder) throw new UserError('not_yours');
  return reminder;
}

/** The duty a reminder's button refers to. Throws stale if this person no longer bears it. */
export async function ownDuty(trx: Trx, facts: Facts, click: OnDuty): Promise<{ shown: ReminderFacts; duty: Counted }> {
  const shown = await ownReminder(trx, facts, click);
  const duty = shown.duties.get(click.value.obligation);
  if (!duty?.obligation.bearerIds.includes(facts.me.id)) throw new UserError('stale');
  return { shown, duty };
}

/** The duties of a reminder on the same line as `id`: those of its requirement and period that this person bears. */
export function lineOn(shown: ReminderFacts, id: string, personId: string): Counted[] {
  const one = shown.duties.get(id);
  if (!one) return [];
  const { requirement, planId, period } = one.obligation;
  const others = [...shown.duties.values()].filter(
    ({ obligation: o }) =>
      o.id !== id &&
      o.planId === planId &&
      o.requirement.id === requirement.id &&
      o.period.start === period.start &&
      o.period.end === period.end,
  );
  return [one, ...others].filter((c) => c.obligation.bearerIds.includes(personId) && c.done < c.obligation.target);
}

/** A reminder as it stands now, as the answer to a click on it. */
export async function reminderCard(trx: Trx, facts: Facts, id: string, page = 1): Promise<Card | undefined> {
  const found = await reminderOf(trx, facts, id);
  const card = reminders(
    found.map((one) => ({ ...one, page, named: facts.named })),
    facts.t,
  );
  return card && found.length === 1 && facts.posts.length > 1 ? about(card, found[0]!.programme.name) : card;
}

/** The question about a plan, alone and as it stands now. */
export async function plannedAgain(trx: Trx, facts: Facts, id: string): Promise<Card | undefined> {
  const found = (await reminderOf(trx, facts, id)).find(({ me }) => me.id === facts.me.id);
  return (
    found &&
    reminder({ ...found, named: facts.named, parts: found.parts.filter((p) => p.kind === 'planned-activity') }, facts.t)
  );
}

/** The reminder behind a clicked message as it stands now; undefined if it is not a reminder of this reader. */
export async function digestAgain(trx: Trx, facts: Facts, messageId: string, page = 1): Promise<Card | undefined> {
  const notice = await noticeOfMessage(trx, messageId);
  const found = notice ? await reminderOf(trx, facts, notice.id) : [];
  return notice && found.some(({ me }) => me.id === facts.me.id)
    ? reminderCard(trx, facts, notice.id, page)
    : undefined;
}

/** The people a digest names to the asker, as it stands now. Throws stale if the message is not one of their digests. */
export async function peopleOnDigest(trx: Trx, facts: Facts, messageId: string): Promise<string[]> {
  const notice = await noticeOfMessage(trx, messageId);
  const shown = notice && (await reminderOf(trx, facts, notice.id)).find(({ me }) => me.id === facts.me.id);
  if (!shown) throw new UserError('stale');
  return shown.parts.flatMap((p) => (p.kind === 'coordinator-digest' ? p.people.map((o) => o.personId) : []));
}

/** 返回: the reminder as it stands now. */
export const backToNoticeAction: Action<'back_to_notice'> = {
  name: 'back_to_notice',
  run: async (trx, facts, click) => {
    const { notice } = await ownReminder(trx, facts, click);
    return { say: () => reminderCard(trx, facts, notice) };
  },
};
