import { drawn } from '../cards/card-text.ts';
import { textsOf } from '../cards/index.ts';
import { reminders } from '../cards/reminder.ts';
import { about } from '../cards/together.ts';
import type { Ctx } from '../context.ts';
import { type LocalTime, localTime } from '../plan/clock.ts';
import { isQuiet, mayStillSend, type ReminderPart, stillHolds } from '../plan/notices/index.ts';
import { rosterOf } from '../plan/roster.ts';
import { logNames } from '../store/audit.ts';
import { type Member, memberOf, membersOf, membersOfPeople } from '../store/members.ts';
import type { Notice } from '../store/notice-row.ts';
import { freeze } from '../store/notice-sending.ts';
import { type ReminderFacts, readReminder } from '../store/reminder-model.ts';
import { releaseParts } from '../store/reminders.ts';
import type { Trx } from '../store/transaction.ts';
import { SUMMARIES } from './early-summaries.ts';
import { isReachable } from './pages.ts';
import { type Subscribed, summaryFor } from './subscribed-summary.ts';

/** Why a reminder is not sent after all. Its parts may be sent on another day, except when the duty is done. */
export type Dropped = 'done' | 'leave' | 'snoozed' | 'unreachable' | 'void';

/** The notice ready to send; or why it is dropped; or, in quiet hours, `later`. */
export type Drawn = { notice: Notice } | { dropped: Dropped } | 'later';

/**
 * Draws a reminder when it is claimed, from the facts of that moment, and freezes it. If the duty is done, the reader is on leave or
 * snoozes, the plan has changed or the day has passed, nothing is sent; each post is checked separately.
 */
export async function draw(trx: Trx, ctx: Ctx, notice: Notice, now: number): Promise<Drawn> {
  const { outgoing } = notice;
  const { of } = outgoing.undrawn!;
  const localNow = localTime(now, ctx.config.timezone);
  const isPatch = outgoing.op === 'patch';
  const summary = SUMMARIES.find((s) => s.name === notice.kind);
  if (summary) return drawSummary(trx, ctx, notice, summary, localNow);
  const posts = await readReminder(trx, (id) => ctx.programmeOf(trx, id), of, localNow.slice(0, 10));
  const [first] = posts;
  if (!first) return { dropped: 'void' };
  const { quiet } = first.programme.reminders ?? {};
  const passed = !isPatch && notice.kind === 'morning' && !mayStillSend(`${first.day}T00:00`, localNow, quiet);
  if (passed) await releaseParts(trx, of);
  if (passed) return { dropped: 'void' };
  if (!isPatch && isQuiet(localNow, quiet)) return 'later';
  const remaining: ReminderFacts[] = [];
  const reasons: Dropped[] = [];
  let locale: Member['settings']['locale'];
  let openId: string | undefined;
  for (const facts of posts) {
    const member = (await membersOfPeople(trx, facts.programme.id, [facts.me.id])).get(facts.me.id);
    const parts = stillHolding(facts, member, { isPatch, isMorning: notice.kind === 'morning', now });
    if (typeof parts !== 'string') remaining.push({ ...facts, parts });
    else if (reasons.push(parts) && parts !== 'done' && !isPatch) await releaseParts(trx, of, facts.me.id);
    locale ??= member?.settings.locale;
    openId ??= member?.openId;
  }
  const quota = ctx.quota.limit > 0 ? { quota: { used: ctx.quota.used(), quota: ctx.quota.limit } } : {};
  const merged = reminders(
    remaining.map((facts) => ({ ...facts, ...quota })),
    textsOf(locale),
  );
  // A digest for each programme: a reader with several posts must see which it is.
  const several = remaining.length === 1 && openId !== undefined && (await membersOf(trx, openId)).length > 1;
  const card = merged && several ? about(merged, remaining[0]!.programme.name) : merged;
  if (!card) return { dropped: reasons.find((r) => r !== 'done') ?? reasons[0] ?? 'void' };
  const stamp = remaining[0] ? { programmeId: remaining[0].programme.id } : {};
  const made = { ...outgoing, ...drawn(card, stamp), undrawn: { of, frozen: true as const } };
  for (const { programme, named } of remaining) await logNames(trx, programme, { named, now, newId: ctx.newId });
  await freeze(trx, notice.id, made);
  return { notice: { ...notice, outgoing: made } };
}

/** A summary for a subscriber, with current figures. */
async function drawSummary(
  trx: Trx,
  ctx: Ctx,
  notice: Notice,
  { span }: Subscribed,
  localNow: LocalTime,
): Promise<Drawn> {
  const programme = await ctx.programmeOf(trx, notice.programmeId ?? '');
  const member = programme && (await memberOf(trx, programme.id, notice.personId ?? ''));
  if (!programme || !member) return { dropped: 'void' };
  if (isQuiet(localNow, programme.reminders?.quiet)) return 'later';
  const card = await summaryFor(trx, programme, member, span, localNow.slice(0, 10));
  if (!card) return { dropped: 'void' };
  const { of } = notice.outgoing.undrawn!;
  const made = { ...notice.outgoing, ...drawn(card, member), undrawn: { of, frozen: true as const } };
  await freeze(trx, notice.id, made);
  return { notice: { ...notice, outgoing: made } };
}

/** The parts of a card that still hold in one post, or why there are none. */
function stillHolding(
  { programme, me, parts, duties, plans, credited, waiting, findings, today }: ReminderFacts,
  member: Member | undefined,
  { isPatch, isMorning, now }: { isPatch: boolean; isMorning: boolean; now: number },
): ReminderPart[] | Dropped {
  if (!member) return 'void';
  if (isPatch) return parts;
  if (!isReachable(member, now)) return 'unreachable';
  if (isMorning && (member.settings.snoozedUntil ?? '') > today) return 'snoozed';
  const leaves = rosterOf(programme).leavesOf.get(me.id) ?? [];
  if (leaves.some((l) => l.start <= today && today <= l.end)) return 'leave';
  const holding = stillHolds(parts, duties, today, { plans, waiting: waiting.length, findings, credited });
  return 'lapsed' in holding ? holding.lapsed : holding.parts;
}
