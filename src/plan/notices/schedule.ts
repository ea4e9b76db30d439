/** When reminders are decided, in the programme's local time. Never at whole or half hours, when everybody else sends. */
import type { Calendar } from '../calendar.ts';
import type { LocalTime } from '../clock.ts';
import { addDays, FRIDAY, mondayOf, weekdayOf, type Ymd } from '../dates.ts';
import type { Reminding } from '../programme.ts';
import { firstDay } from './day.ts';
import type { NoticeKind } from './types.ts';

export const MORNING = '09:07';
const AFTERNOON = '16:37';
/** Decides the notices of people who chose an earlier hour than the usual morning. */
export const EARLY = '07:37';
type Quiet = NonNullable<Reminding['quiet']>;
export const QUIET: Quiet = { from: '20:30', to: '07:30' };

type Schedule = { time: string; isDay(calendar: Calendar, date: Ymd): boolean };

const workday = (c: Calendar, d: Ymd): boolean => !c.isDayOff(d);
const schoolDay = (c: Calendar, d: Ymd): boolean => c.isSchoolDay(d);

/**
 * `morning` merges every contributor but the weekly summary and is what the clock starts; the contributors' own schedules are
 * for running one alone. `morning` runs on every working day, because papers are due in the holidays too.
 */
export const SCHEDULES: Record<'morning' | NoticeKind, Schedule> = {
  morning: { time: MORNING, isDay: workday },
  'weekly-summary': { time: AFTERNOON, isDay: (c, d) => weekdayOf(d) === FRIDAY && workday(c, d) },
  'monthly-digest': { time: MORNING, isDay: (c, d) => firstDay(`${d.slice(0, 7)}-01`, c.isSchoolDay, 30) === d },
  'coordinator-digest': {
    time: MORNING,
    isDay: (c, d) => firstDay(mondayOf(d), c.isSchoolDay, 6) === d,
  },
  'check-in': { time: MORNING, isDay: schoolDay },
  'due-soon': { time: MORNING, isDay: schoolDay },
  overdue: { time: MORNING, isDay: schoolDay },
  lapsed: { time: MORNING, isDay: schoolDay },
  waiting: { time: MORNING, isDay: schoolDay },
  credited: { time: MORNING, isDay: schoolDay },
  'term-opening': { time: MORNING, isDay: schoolDay },
  'term-closing': { time: MORNING, isDay: schoolDay },
  'term-thanks': { time: MORNING, isDay: schoolDay },
  escalation: { time: MORNING, isDay: schoolDay },
  'documents-due': { time: MORNING, isDay: workday },
  'secondment-check-in': { time: MORNING, isDay: schoolDay },
  'planned-activity': { time: MORNING, isDay: workday },
  'finding-due': { time: MORNING, isDay: workday },
  'next-term': { time: MORNING, isDay: workday },
  'new-year': { time: MORNING, isDay: workday },
};
export type ReminderJob = keyof typeof SCHEDULES;

/** Whether it is the last working day up to `end`, which may be a day past the end of its month. */
export function isLastWorkday(calendar: Calendar, date: Ymd, end: string): boolean {
  if (!workday(calendar, date)) return false;
  for (let day = addDays(date, 1); day <= end; day = addDays(day, 1)) if (workday(calendar, day)) return false;
  return true;
}

/** The hour of a person's reminders: their own choice, else the programme's, else the usual one. */
export const hourOf = (reminders: Reminding | undefined, chosen: string | undefined, usual = MORNING): string =>
  chosen ?? reminders?.at ?? usual;

/** No notices at night and in the early morning. */
export function isQuiet(now: LocalTime, { from, to }: Quiet = QUIET): boolean {
  const time = now.length > 5 ? now.slice(11, 16) : now;
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

/**
 * True while notices decided for `at` may still be sent: on the same day and outside quiet hours. Those left over are wanted
 * again on the next morning if they still hold, so a late start never causes a burst.
 */
export const mayStillSend = (at: LocalTime, now: LocalTime, quiet?: Quiet): boolean =>
  at.slice(0, 10) === now.slice(0, 10) && at <= now && !isQuiet(now, quiet);

/** True while the cards of `at` may still be planned: the same day, before its evening; quiet hours of the morning only delay them. */
export const mayStillPlan = (at: LocalTime, now: LocalTime, quiet?: Quiet): boolean =>
  at.slice(0, 10) === now.slice(0, 10) && at <= now && (now.slice(11) < NOON || !isQuiet(now, quiet));

const NOON = '12:00';
