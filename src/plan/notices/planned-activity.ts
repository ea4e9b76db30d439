import type { Activity } from '../activity.ts';
import { addDays, daysBetween, type Ymd } from '../dates.ts';
import { doersOf } from '../feeds.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor, PlannedActivity } from './types.ts';

/** How many days later people who were away may still be asked; after that the duty's own reminders must do. */
export const STILL_ASKED_DAYS = 14;

/** The last day of a planned activity, until which there is nothing to ask. */
export const plannedUntil = ({ date, dateTo, days = 1 }: Activity): Ymd =>
  dateTo ?? (days > 1 ? addDays(date, Math.ceil(days) - 1) : date);

const placeOf = (a: Activity): string | undefined => a.placeId ?? a.toId ?? a.partnerId;

/** Whether `other` is a record of the planned activity: by or with the same person, of that kind, day, place and pupil. */
export function isDoneInstead(plan: Activity, other: Activity): boolean {
  if (other.status !== 'done' || other.kind !== plan.kind || !doersOf(other).includes(plan.byId)) return false;
  if (other.date < plan.date || other.date > plannedUntil(plan)) return false;
  const [plannedAt, doneAt] = [placeOf(plan), placeOf(other)];
  if (plannedAt !== undefined && doneAt !== undefined && plannedAt !== doneAt) return false;
  return (
    plan.pupilIds.length === 0 || other.allAssigned === true || plan.pupilIds.some((p) => other.pupilIds.includes(p))
  );
}

/**
 * On the first working day after a planned activity: did it take place? Asked once for each planned day, of the person who planned
 * it, in the holidays too, because they chose the day. Not repeated: the duty itself has reminders.
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
