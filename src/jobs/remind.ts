import { textsOf } from '../cards/index.ts';
import { kindsIn } from '../cards/reminder.ts';
import type { Ctx } from '../context.ts';
import { schoolCalendar } from '../plan/calendar.ts';
import { instantOf, type LocalTime, localTime } from '../plan/clock.ts';
import type { Ymd } from '../plan/dates.ts';
import { NOTICE } from '../plan/identities.ts';
import { findingsIn } from '../plan/inspection.ts';
import {
  hourOf,
  type MorningCard,
  mayStillPlan,
  type NoticeFacts,
  type ReminderJob,
  SCHEDULES,
} from '../plan/notices/index.ts';
import { rosterOf } from '../plan/roster.ts';
import { inspectionsOf } from '../store/inspections.ts';
import { addressOf, type Member, usersOfSeveralPosts } from '../store/members.ts';
import type { Hint } from '../store/notices.ts';
import { secondmentsOn } from '../store/owed.ts';
import { plansBefore } from '../store/planned.ts';
import { ITSELF, noticeFrom } from '../store/post.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { type PlannedCard, planCards } from '../store/reminders.ts';
import { type Trx, transact } from '../store/transaction.ts';
import { type DecidedPage, decide, pagesOf } from './pages.ts';

/** Whether to decide for people with this hour of reminders. */
type When = (hour: string) => boolean;
type Contribute = (facts: NoticeFacts, at: LocalTime) => MorningCard[];

/**
 * Plans the reminders of an instant, page by page, each in one transaction, so that two planners cannot both plan one; people with
 * several posts come last. Stops once the moment has passed (another day, quiet hours). Returns how many cards were planned.
 */
export async function remind(
  ctx: Ctx,
  job: ReminderJob,
  instant: number,
  contribute: Contribute,
  when: When = () => true,
): Promise<number> {
  const at = localTime(instant, ctx.config.timezone);
  const day = at.slice(0, 10);
  const several = await usersOfSeveralPosts(ctx.db);
  const kept: DecidedPage[] = [];
  let planned = 0;
  const plan = async (cards: PlannedCard[], trx: Trx) =>
    planCards(
      trx,
      cards.filter((c) => c.parts.length > 0),
    );
  const hourFor = ({ openId, settings }: Member, { reminders }: StoredProgramme): string =>
    hourOf(several.has(openId) ? undefined : reminders, settings.remindAt);
  const fits = (member: Member, programme: StoredProgramme) => when(hourFor(member, programme));
  for await (const { page, said } of sendPages(ctx, job, at, fits)) {
    const { reminders } = page.programme;
    if (!mayStillPlan(at, localTime(ctx.now(), ctx.config.timezone), reminders?.quiet)) continue;
    const now = ctx.now();
    const hints = await transact(ctx.db, async (trx): Promise<Hint[]> => {
      const decided = await decide(trx, page, at, now, said, contribute);
      const alone = decided.filter((d) => !several.has(d.member.openId));
      kept.push(...decided.filter((d) => several.has(d.member.openId)));
      return plan(
        alone.map((d) =>
          cardOf(ctx, [d], NOTICE.morning(d.member.openId, day), { day, hour: hourFor(d.member, page.programme) }),
        ),
        trx,
      );
    });
    await ctx.deliver(hints);
    planned += hints.length;
  }
  const users = [...Map.groupBy(kept, (d) => d.member.openId).values()];
  for (let i = 0; i < users.length; i += USERS_AT_ONCE) {
    const cards = users
      .slice(i, i + USERS_AT_ONCE)
      .flatMap((posts) => cardsOf(ctx, posts, { day, hour: hourOf(undefined, posts[0]!.member.settings.remindAt) }));
    const hints = await transact(ctx.db, (trx) => plan(cards, trx));
    await ctx.deliver(hints);
    planned += hints.length;
  }
  return planned;
}

const USERS_AT_ONCE = 200;

/** One card for everything that a user must do; coordination comes separately, in a digest for each programme. */
function cardsOf(ctx: Ctx, posts: DecidedPage[], when: { day: Ymd; hour: string }): PlannedCard[] {
  const { day } = when;
  const [{ member }] = posts as [DecidedPage];
  const part = (isDigest: boolean) => (d: DecidedPage) => ({
    ...d,
    card: { ...d.card, parts: d.card.parts.filter((p) => (p.kind === 'coordinator-digest') === isDigest) },
  });
  return [
    cardOf(ctx, posts.map(part(false)), NOTICE.morning(member.openId, day), when),
    ...posts
      .map(part(true))
      .map((d) => cardOf(ctx, [d], NOTICE.digest(member.openId, d.member.programmeId, day), when)),
  ];
}

/** A card for the posts of one user; it is drawn and goes out at their hour of the day. */
function cardOf(
  ctx: Ctx,
  posts: DecidedPage[],
  identity: string,
  { day, hour }: { day: Ymd; hour: string },
): PlannedCard {
  const parts = posts.flatMap((d) =>
    sparing(ctx, d.card).parts.map((part) => ({ programmeId: d.member.programmeId, part })),
  );
  const address = addressOf(posts.find((d) => d.card.parts.length > 0)?.member ?? posts[0]!.member);
  const letter = { identity, kind: 'morning', line: 'notices' as const, ...address, undrawn: ITSELF };
  const notice = noticeFrom({ now: ctx.now(), newId: ctx.newId }, letter);
  const dueAt = Math.max(notice.dueAt, instantOf(day, hour, ctx.config.timezone));
  return { notice: { ...notice, dueAt }, parts, day };
}

/** The cards that would go out at an instant, one line per person, in the language of the card. */
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

/** The pages of every programme for which the job runs on that day. */
async function* sendPages(
  ctx: Ctx,
  job: ReminderJob,
  at: LocalTime,
  fits: (member: Member, programme: StoredProgramme) => boolean = () => true,
) {
  const day = at.slice(0, 10);
  for (const { id } of await listProgrammes(ctx.db)) {
    const programme = await ctx.programmeOf(ctx.db, id);
    if (!SCHEDULES[job].isDay(schoolCalendar(programme), day)) continue;
    const { timezone } = ctx.config;
    const said = {
      timezone,
      seconded: await secondmentsOn(ctx.db, id, day),
      planned: await plansBefore(ctx.db, id, day),
      findings: findingsIn(await inspectionsOf(ctx.db, id, { open: true })),
      fits: (member: Member) => fits(member, programme),
    };
    for (const page of pagesOf(programme)) yield { page, said };
  }
}

/** Near the end of a month's quota, duties that are merely due soon wait for the overdue notice. */
const sparing = ({ quota }: Ctx, card: MorningCard): MorningCard =>
  quota.sparesDueSoon() ? { ...card, parts: card.parts.filter((p) => p.kind !== 'due-soon') } : card;
