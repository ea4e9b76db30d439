import type { Activity } from '../activity.ts';
import { addDays, daysBetween, type Ymd } from '../dates.ts';
import { doersOf } from '../feeds.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor, PlannedActivity } from './types.ts';

/** Whoever was away may still be asked so long after the day; later nobody remembers, and the duty itself is reminded of. */
export const STILL_ASKED_DAYS = 14;

/** The last day of something planned: until then there is nothing to ask. */
export const plannedUntil = ({ date, dateTo, days = 1 }: Activity): Ymd =>
  dateTo ?? (days > 1 ? addDays(date, Math.ceil(days) - 1) : date);

const placeOf = (a: Activity): string | undefined => a.placeId ?? a.toId ?? a.partnerId;

/** Whether `other` is a record of what `plan` had in mind: done by or with the same person, of that kind, day, place and pupil. */
export function isDoneInstead(plan: Activity, other: Activity): boolean {
  if (other.status !== 'done' || other.kind !== plan.kind || !doersOf(other).includes(plan.byId)) return false;
  if (other.date < plan.date || other.date > plannedUntil(plan)) return false;
  const [there, here] = [placeOf(plan), placeOf(other)];
  if (there !== undefined && here !== undefined && there !== here) return false;
  return (
    plan.pupilIds.length === 0 || other.allAssigned === true || plan.pupilIds.some((p) => other.pupilIds.includes(p))
  );
}

/**
 * On the first working day after it: whether what was planned took place, once for each day it was planned for; to whoever said
 * so. In the holidays too, since it is they who named the day. Not repeated: what counts is the duty, and that has reminders of its own.
 */
export const plannedActivityNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (day.calendar.isDayOff(day.date)) return [];
  const isDue = ({ until }: PlannedActivity): boolean =>
    until < day.date && daysBetween(until, day.date) <= STILL_ASKED_DAYS;
  const wanted = (facts.planned ?? []).filter(isDue).map(({ activityId, personId, activity, date, until }) => ({
    kind: 'planned-activity' as const,
    recipientId: personId,
    key: activityId,
    stage: until,
    activityId,
    activity,
    date,
    until,
  }));
  return fresh(facts, day.date, wanted);
};
