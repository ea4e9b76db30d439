/** Activities longer than a day, mainly 支教: when they end, and which school days they contain. */
import type { Activity } from './activity.ts';
import { addDays, daysBetween, type Ymd } from './dates.ts';
import type { Requirement } from './plan.ts';

type Span = Pick<Activity, 'date' | 'dateTo' | 'days' | 'weeks'>;

/** The longest stay of one report, in calendar days: a school year has 365, and lookups must know how far back to search. */
export const LONGEST_STAY_DAYS = 400;

/** Whether a requirement counts the days of a stay; any other counts it once, from its first day. */
export const countsDays = ({ measure }: Pick<Requirement, 'measure'>): boolean => ['days', 'weeks'].includes(measure);

const daysSaid = ({ days, weeks }: Span): number | undefined => days ?? (weeks === undefined ? undefined : weeks * 5);

/** Longer than any real stay: its days are unknowable, so it counts for none and is refused with a reason. */
export const isTooLong = (activity: Span): boolean =>
  activity.dateTo === undefined
    ? (daysSaid(activity) ?? 0) > LONGEST_STAY_DAYS
    : daysBetween(activity.date, activity.dateTo) >= LONGEST_STAY_DAYS;

/** The latest day an activity can reach; a stay given as a number of days may span holidays, so it gets extra room. */
export function lastDay(activity: Activity): Ymd {
  if (activity.dateTo) return activity.dateTo;
  const stated = daysSaid(activity);
  return stated === undefined
    ? activity.date
    : addDays(activity.date, Math.min(Math.ceil(stated) * 3 + 14, LONGEST_STAY_DAYS - 1));
}

/**
 * School days of a stay, in order: from its date to its last day if known, at most as many as it says. A stay given only
 * as a number of days or weeks (of five) continues from its date. Days of leave do not count.
 */
export function secondmentDays(activity: Activity, isSchoolDay: (date: Ymd) => boolean): Ymd[] {
  if (activity.action === 'leave') return [];
  const stated = daysSaid(activity);
  const limit = stated === undefined ? (activity.dateTo ? LONGEST_STAY_DAYS : 1) : Math.ceil(stated);
  const found: Ymd[] = [];
  for (let i = 0, day = activity.date; i < LONGEST_STAY_DAYS && found.length < limit; i++, day = addDays(day, 1)) {
    if (activity.dateTo ? day > activity.dateTo : stated === undefined && i > 0) break;
    if (isSchoolDay(day)) found.push(day);
  }
  return found;
}
