import { type Card, textsOf } from '../cards/index.ts';
import { summaryCard } from '../cards/summary.ts';
import type { Ctx } from '../context.ts';
import { instantOf, localTime } from '../plan/clock.ts';
import type { Ymd } from '../plan/dates.ts';
import { NOTICE } from '../plan/identities.ts';
import { hourOf, mayStillPlan } from '../plan/notices/index.ts';
import { actingOn, realmOf } from '../plan/policy.ts';
import { rosterOf } from '../plan/roster.ts';
import type { Span } from '../plan/summary.ts';
import { addressOf, type Member, subscribersOf } from '../store/members.ts';
import { ITSELF, post } from '../store/post.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { readSummary } from '../store/summary.ts';
import { type Trx, transact } from '../store/transaction.ts';
import type { LatestDue } from './due.ts';
import type { Job } from './job.ts';
import { isReachable } from './pages.ts';

/** A summary that leaders can subscribe to. Its name is the kind of its notices. */
export interface Subscribed {
  name: string;
  span: Span;
  /** When it goes out, unless the programme or the reader has set another time. */
  time: string;
  /** Whether it goes out on a day that its clock proposes. */
  isDay(programme: StoredProgramme, day: Ymd): boolean;
}

/** Whether to decide a summary of this hour now. */
type When = (hour: string) => boolean;

/** The summary of a span for all its subscribers, each about their own area; earlier hours are planned elsewhere. */
export const subscribedSummary = (summary: Subscribed, latestDue: LatestDue): Job => ({
  name: summary.name,
  latestDue,
  run: async (ctx, instant) =>
    `${await planSummaries(ctx, summary, instant, (hour) => hour >= summary.time)} cards planned`,
  preview: (ctx, instant) => previewSummaries(ctx, summary, instant),
});

/** Plans a summary for subscribers whose hour fits. It is drawn at that hour, when it is sent. Returns how many were planned. */
export async function planSummaries(ctx: Ctx, summary: Subscribed, instant: number, when: When): Promise<number> {
  const { timezone } = ctx.config;
  const [at, localNow] = [localTime(instant, timezone), localTime(ctx.now(), timezone)];
  const day = at.slice(0, 10);
  let planned = 0;
  for await (const { programme, member, hour } of subscribers(ctx, summary, day)) {
    if (!when(hour) || !mayStillPlan(at, localNow, programme.reminders?.quiet)) continue;
    const identity = NOTICE.summary(summary.name, member.openId, programme.id, day);
    const letter = { identity, kind: summary.name, line: 'notices' as const, ...addressOf(member), undrawn: ITSELF };
    const dueAt = Math.max(ctx.now(), instantOf(day, hour, timezone));
    const hints = await transact(ctx.db, (trx) => post(trx, { now: ctx.now(), newId: ctx.newId }, letter, dueAt));
    await ctx.deliver(hints);
    planned += hints.length;
  }
  return planned;
}

async function* previewSummaries(ctx: Ctx, summary: Subscribed, instant: number): AsyncGenerator<string> {
  const day = localTime(instant, ctx.config.timezone).slice(0, 10);
  for await (const { programme, member, hour } of subscribers(ctx, summary, day)) {
    const who = rosterOf(programme).person.get(member.personId);
    const school = rosterOf(programme).schoolName(who?.schoolId) ?? '';
    const what = textsOf(member.settings.locale).weekly.spans[summary.span];
    yield `${day}T${hour}\t${school}\t${who?.name ?? ''}\t${what}`;
  }
}

async function* subscribers(ctx: Ctx, { span, time, isDay }: Subscribed, day: Ymd) {
  for (const { id } of await listProgrammes(ctx.db)) {
    const programme = await ctx.programmeOf(ctx.db, id);
    if (!isDay(programme, day)) continue;
    for (const member of await subscribersOf(ctx.db, id, span))
      if (isReachable(member, ctx.now()))
        yield { programme, member, hour: hourOf(programme.reminders, member.settings.remindAt, time) };
  }
}

/** The same card as on request; undefined for a reader who may no longer see figures. */
export async function summaryFor(
  trx: Trx,
  programme: StoredProgramme,
  member: Member,
  span: Span,
  today: Ymd,
): Promise<Card | undefined> {
  const who = rosterOf(programme).person.get(member.personId);
  const me = who && actingOn(who, today);
  const realm = me && realmOf(me, 'counts', programme);
  if (!realm) return undefined;
  const figures = await readSummary(trx, programme, { realm, span, by: 'requirement', today });
  const mayExport = realmOf(me, 'export', programme) !== undefined;
  return figures && summaryCard(figures, { programme, mayExport }, textsOf(member.settings.locale));
}
