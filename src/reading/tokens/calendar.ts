import { addDays, dateIn, daysBetween, mondayOf, weekdayOf, type Ymd } from '../../plan/dates.ts';
import type { DateSaid } from './dates.ts';

/** The side of today that a sentence is about. */
export type Tense = 'past' | 'future' | 'open';

/** The meaning of a date expression on a given day: single days, a range that contains them, or nothing exact. */
export interface When {
  days: Ymd[];
  from?: Ymd;
  to?: Ymd;
  /** Without a day (最近, 本学期): the days must be asked. */
  vague?: boolean;
  /** The expression itself is after today (下周, 明年). */
  later?: boolean;
}

// An expression is resolved three times: for its mood, its status and its date.
const KNOWN = new WeakMap<DateSaid, Map<string, When>>();

/**
 * Turns a date expression into local days. `tense` decides the side if the words leave it open (reading.md, conventions 1, 2 and 6);
 * `month` is the month named just before, for 「11月3号、10号」.
 */
export function resolve(said: DateSaid, today: Ymd, tense: Tense): When {
  const known = KNOWN.get(said) ?? new Map<string, When>();
  KNOWN.set(said, known);
  const key = today + tense;
  const when = known.get(key) ?? resolved(said, today, tense);
  known.set(key, when);
  return when;
}

function resolved(said: DateSaid, today: Ymd, tense: Tense): When {
  switch (said.said) {
    case 'day':
      return one(addDays(today, said.offset));
    case 'month_day':
      return one(monthDay(today, said, tense));
    case 'day_of_month':
      return one(dayOfMonth(today, said, tense));
    case 'weekday':
      return one(weekday(today, said, tense));
    case 'after':
      return one(daysAfter(said, today, tense));
    case 'list':
      return { days: listed(said.parts, today, tense) };
    case 'span':
      return span(said, today, tense);
    case 'week':
      return between(monday(today, said.weeksAway), 6, today, tense);
    case 'weekend':
      return between(saturday(today, said.weeksAway, tense), 1, today, tense);
    case 'month':
      return month(today, said, tense);
    case 'term':
    case 'vague':
      return { days: [], vague: true };
    case 'later':
      return { days: [], later: true };
  }
}

const one = (day: Ymd | undefined): When => (day ? { days: [day] } : { days: [], vague: true });

const monday = (today: Ymd, weeksAway: number): Ymd => addDays(mondayOf(today), 7 * weeksAway);

/** A bare 周末 in a report is the latest one that has begun. */
function saturday(today: Ymd, weeksAway: number | undefined, tense: Tense): Ymd {
  const last = weeksAway === undefined && tense === 'past' && weekdayOf(today) < 6 ? -1 : (weeksAway ?? 0);
  return addDays(monday(today, last), 5);
}

function weekday(today: Ymd, said: { weekday: number; weeksAway?: number }, tense: Tense): Ymd {
  const day = addDays(monday(today, said.weeksAway ?? 0), said.weekday - 1);
  if (said.weeksAway !== undefined || tense === 'open') return day;
  if (tense === 'future') return day < today ? addDays(day, 7) : day;
  return day > today ? addDays(day, -7) : day;
}

function monthDay(today: Ymd, said: { year?: number; month: number; day: number }, tense: Tense): Ymd | undefined {
  const { year } = partsOf(today);
  // A year below 100 is relative: 去年 is -1.
  if (said.year !== undefined) return make(said.year < 100 ? year + said.year : said.year, said.month, said.day);
  const here = make(year, said.month, said.day);
  const before = here && here <= today ? here : make(year - 1, said.month, said.day);
  const after = here && here >= today ? here : make(year + 1, said.month, said.day);
  if (tense === 'past') return before ?? here;
  if (tense === 'future') return after ?? here;
  // If open, the nearer side: 「12.3去听课」 in November is a plan and 「11.3去听课」 a report.
  if (!before || !after) return before ?? after;
  return daysBetween(before, today) <= daysBetween(today, after) ? before : after;
}

function dayOfMonth(today: Ymd, said: { day: number; monthsAway?: number }, tense: Tense): Ymd | undefined {
  const { day } = partsOf(today);
  const on = (monthsAway: number) => {
    const { year, month } = partsOf(firstOf(today, monthsAway));
    return make(year, month, said.day);
  };
  if (said.monthsAway !== undefined) return on(said.monthsAway);
  if (tense === 'past') return said.day <= day ? on(0) : (on(-1) ?? on(-2));
  if (tense === 'future') return said.day >= day ? (on(0) ?? on(1)) : (on(1) ?? on(2));
  return on(0) ?? on(-1);
}

/** A date of these parts, if the month has that day. */
function make(year: number, month: number, day: number): Ymd | undefined {
  const first = written(year, month, 1);
  return day <= daysBetween(first, firstOf(first, 1)) ? written(year, month, day) : undefined;
}

const written = (year: number, month: number, day: number): Ymd =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

const partsOf = (date: Ymd) => ({
  year: Number(date.slice(0, 4)),
  month: Number(date.slice(5, 7)),
  day: Number(date.slice(8)),
});

/** The first day of the month that is this many months from a date. */
function firstOf(date: Ymd, monthsAway: number): Ymd {
  const { year, month } = partsOf(date);
  const months = year * 12 + month - 1 + monthsAway;
  return written(Math.floor(months / 12), (months % 12) + 1, 1);
}

function daysAfter({ day, days }: { day: DateSaid; days: number }, today: Ymd, tense: Tense): Ymd | undefined {
  const first = resolve(day, today, tense).days.at(-1);
  return first && addDays(first, days);
}

function listed(parts: DateSaid[], today: Ymd, tense: Tense): Ymd[] {
  return parts.flatMap((part) => resolve(part, today, tense).days);
}

function span(said: { from: DateSaid; to: DateSaid }, today: Ymd, tense: Tense): When {
  const sameWeek = said.from.said === 'weekday' && said.to.said === 'weekday' && said.to.weeksAway === undefined;
  const to = resolve(
    sameWeek ? ({ ...said.to, weeksAway: (said.from as { weeksAway?: number }).weeksAway } as DateSaid) : said.to,
    today,
    tense,
  ).days[0];
  // The end takes its month from the start: 10月28日到30日.
  const end =
    said.from.said === 'month_day' && said.to.said === 'day_of_month'
      ? resolve({ ...said.from, day: said.to.day }, today, tense).days[0]
      : to;
  const start = resolve(said.from, today, tense).days[0];
  if (!start || !end) return { days: [], vague: true };
  if (start <= end) return { days: [], from: start, to: end };
  if (said.from.said === 'weekday') return { days: [], from: addDays(start, -7), to: end };
  const { year, month, day } = partsOf(start);
  if (said.from.said === 'month_day') return { days: [], from: dateIn(year - 1, month, day), to: end };
  const before = partsOf(firstOf(start, -1));
  return { days: [], from: dateIn(before.year, before.month, day), to: end };
}

/** A range of days; for a finished activity it ends today at the latest. */
function between(start: Ymd, days: number, today: Ymd, tense: Tense): When {
  const end = addDays(start, days);
  if (start > today) return { days: [], from: start, to: end, later: true };
  return { days: [], from: start, to: tense !== 'future' && end > today ? today : end };
}

function month(today: Ymd, said: { month?: number; monthsAway?: number; vague?: boolean }, tense: Tense): When {
  const now = partsOf(today);
  let start = firstOf(today, said.monthsAway ?? 0);
  if (said.month !== undefined) {
    const year =
      now.year +
      Number(tense === 'future' && said.month < now.month) -
      Number(tense !== 'future' && said.month > now.month);
    start = written(year, said.month, 1);
  }
  return between(start, daysBetween(start, firstOf(start, 1)) - 1, today, tense);
}
