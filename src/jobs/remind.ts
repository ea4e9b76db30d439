import { textsOf } from '../cards/index.ts';
import { kindsIn } from '../cards/reminder.ts';
import type { Ctx } from '../context.ts';
import { schoolCalendar } from '../plan/calendar.ts';
import { type LocalTime, localTime } from '../plan/clock.ts';
import { NOTICE } from '../plan/identities.ts';
import {
  type MorningCard,
  mayStillSend,
  type NoticeFacts,
  type ReminderJob,
  SCHEDULES,
} from '../plan/notices/index.ts';
import { rosterOf } from '../plan/roster.ts';
import { addressOf } from '../store/members.ts';
import type { Hint } from '../store/notices.ts';
import { secondmentsOn } from '../store/owed.ts';
import { plansBefore } from '../store/planned.ts';
import { ITSELF, noticeFrom } from '../store/post.ts';
import { listProgrammes } from '../store/programmes.ts';
import { planCards } from '../store/reminders.ts';
import { transact } from '../store/transaction.ts';
import { type Decided, decide, pagesOf } from './pages.ts';

type Contribute = (facts: NoticeFacts, at: LocalTime) => MorningCard[];

/**
 * Plans the reminders of an instant: page by page, each in one transaction that reads, decides and stores, so that two
 * planners cannot both plan one. Stops where the moment has passed (another day, quiet hours): what is left is wanted again
 * on the next morning. Returns how many cards were planned.
 */
export async function remind(ctx: Ctx, job: ReminderJob, instant: number, contribute: Contribute): Promise<number> {
  const at = localTime(instant, ctx.config.timezone);
  let planned = 0;
  for await (const { page, said } of sendPages(ctx, job, at)) {
    if (!mayStillSend(at, localTime(ctx.now(), ctx.config.timezone))) break;
    const now = ctx.now();
    const hints = await transact(ctx.db, async (trx): Promise<Hint[]> => {
      const decided = await decide(trx, page, at, now, said, contribute);
      const cards = decided.map((d) => ({
        notice: noticeOf(d, at, { now, newId: ctx.newId }),
        parts: sparing(ctx, d.card).parts,
        day: at.slice(0, 10),
      }));
      return planCards(
        trx,
        cards.filter((c) => c.parts.length > 0),
      );
    });
    await ctx.deliver(hints);
    planned += hints.length;
  }
  return planned;
}

/** What would go out at an instant, a line for each person, in the language of the card. */
export async function* previewReminders(
  ctx: Ctx,
  job: ReminderJob,
  instant: number,
  contribute: Contribute,
): AsyncGenerator<string> {
  const at = localTime(instant, ctx.config.timezone);
  for await (const { page, said } of sendPages(ctx, job, at)) {
    const { person, schoolName } = rosterOf(page.programme);
    for (const { card, member } of await decide(ctx.db, page, at, instant, said, contribute)) {
      const who = person.get(card.recipientId)!;
      const t = textsOf(member.settings.locale);
      const kinds = kindsIn(card.parts).map((kind) => t.reminders.parts[kind]);
      const where = schoolName(who.schoolId) ?? '';
      yield `${at}\t${where}\t${who.name}\t${kinds.join(t.comma)}`;
    }
  }
}

/** The pages of every programme for which the day is one of the job's. */
async function* sendPages(ctx: Ctx, job: ReminderJob, at: LocalTime) {
  const day = at.slice(0, 10);
  for (const { id } of await listProgrammes(ctx.db)) {
    const programme = await ctx.programmeOf(ctx.db, id);
    if (!SCHEDULES[job].isDay(schoolCalendar(programme), day)) continue;
    const { timezone } = ctx.config;
    const said = {
      timezone,
      seconded: await secondmentsOn(ctx.db, id, day),
      planned: await plansBefore(ctx.db, id, day),
    };
    for (const page of pagesOf(programme)) yield { page, said };
  }
}

/** One card a day and Feishu user, whatever it tells and however many programmes the person is in. */
const noticeOf = ({ member }: Decided, at: LocalTime, when: { now: number; newId: () => string }) =>
  noticeFrom(when, {
    identity: NOTICE.morning(member.openId, at.slice(0, 10)),
    kind: 'morning',
    line: 'notices',
    ...addressOf(member),
    undrawn: ITSELF,
  });

/** Near the end of a month's quota, what is merely due soon waits for the overdue notice. */
const sparing = ({ quota }: Ctx, card: MorningCard): MorningCard =>
  quota.sparesDueSoon() ? { ...card, parts: card.parts.filter((p) => p.kind !== 'due-soon') } : card;
