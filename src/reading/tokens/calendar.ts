import type { Ymd } from '../../plan/dates.ts';
import type { DateSaid } from './dates.ts';

/** Which side of today a sentence speaks of. */
export type Tense = 'past' | 'future' | 'open';

/** What a date expression means on a given day: single days, or a range in which they lie, or nothing exact. */
export interface When {
  days: Ymd[];
  from?: Ymd;
  to?: Ymd;
  /** Named without a day (最近, 本学期): the days must be asked. */
  vague?: boolean;
  /** The words themselves lie after today (下周, 明年). */
  later?: boolean;
}

// One expression is resolved for its mood, its status and its date; Temporal takes longer than a look here.
const NOW = new Map<Ymd, Temporal.PlainDate>();
const KNOWN = new WeakMap<DateSaid, Map<string, When>>();

/**
 * Turns a date expression into local days. `tense` decides the side where the words leave it open (reading.md,
 * conventions 1, 2 and 6); `month` is the month named just before, for 「11月3号、10号」.
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
  const now = NOW.get(today) ?? Temporal.PlainDate.from(today);
  if (!NOW.has(today)) NOW.clear();
  NOW.set(today, now);
  switch (said.said) {
    case 'day':
      return one(now.add({ days: said.offset }));
    case 'month_day':
      return one(monthDay(now, said, tense));
    case 'day_of_month':
      return one(dayOfMonth(now, said, tense));
    case 'weekday':
      return one(weekday(now, said, tense));
    case 'list':
      return { days: listed(said.parts, today, tense) };
    case 'span':
      return span(said, today, tense);
    case 'week':
      return between(monday(now, said.weeksAway), 6, now, tense);
    case 'weekend':
      return between(saturday(now, said.weeksAway, tense), 1, now, tense);
    case 'month':
      return month(now, said, tense);
    case 'term':
    case 'vague':
      return { days: [], vague: true };
    case 'later':
      return { days: [], later: true };
  }
}

function one(day: Temporal.PlainDate | undefined): When {
  return day ? { days: [day.toString()] } : { days: [], vague: true };
}

function monday(now: Temporal.PlainDate, weeksAway: number): Temporal.PlainDate {
  return now.subtract({ days: now.dayOfWeek - 1 }).add({ weeks: weeksAway });
}

/** A bare 周末 in a report is the latest one that has begun. */
function saturday(now: Temporal.PlainDate, weeksAway: number | undefined, tense: Tense): Temporal.PlainDate {
  const last = weeksAway === undefined && tense === 'past' && now.dayOfWeek < 6 ? -1 : (weeksAway ?? 0);
  return monday(now, last).add({ days: 5 });
}

function weekday(
  now: Temporal.PlainDate,
  said: { weekday: number; weeksAway?: number },
  tense: Tense,
): Temporal.PlainDate {
  const day = monday(now, said.weeksAway ?? 0).add({ days: said.weekday - 1 });
  if (said.weeksAway !== undefined) return day;
  if (tense === 'future') return said.weekday < now.dayOfWeek ? day.add({ weeks: 1 }) : day;
  if (tense === 'open') return day;
  return said.weekday > now.dayOfWeek ? day.subtract({ weeks: 1 }) : day;
}

function monthDay(
  now: Temporal.PlainDate,
  said: { year?: number; month: number; day: number },
  tense: Tense,
): Temporal.PlainDate | undefined {
  // A year below 100 is relative: 去年 is -1.
  if (said.year !== undefined) return make(said.year < 100 ? now.year + said.year : said.year, said.month, said.day);
  const here = make(now.year, said.month, said.day);
  const before = here && Temporal.PlainDate.compare(here, now) <= 0 ? here : make(now.year - 1, said.month, said.day);
  const after = here && Temporal.PlainDate.compare(here, now) >= 0 ? here : make(now.year + 1, said.month, said.day);
  if (tense === 'past') return before ?? here;
  if (tense === 'future') return after ?? here;
  // Left open: the nearer side, for 「12.3去听课」 in November is a plan and 「11.3去听课」 a report.
  if (!before || !after) return before ?? after;
  return now.since(before).total('days') <= after.since(now).total('days') ? before : after;
}

function dayOfMonth(
  now: Temporal.PlainDate,
  said: { day: number; monthsAway?: number },
  tense: Tense,
): Temporal.PlainDate | undefined {
  const first = now.with({ day: 1 });
  const on = (monthsAway: number) => {
    const start = first.add({ months: monthsAway });
    return make(start.year, start.month, said.day);
  };
  if (said.monthsAway !== undefined) return on(said.monthsAway);
  if (tense === 'past') return said.day <= now.day ? on(0) : (on(-1) ?? on(-2));
  if (tense === 'future') return said.day >= now.day ? (on(0) ?? on(1)) : (on(1) ?? on(2));
  return on(0) ?? on(-1);
}

function make(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  const yearMonth = Temporal.PlainYearMonth.from({ year, month });
  return day <= yearMonth.daysInMonth ? yearMonth.toPlainDate({ day }) : undefined;
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
  const earlier = Temporal.PlainDate.from(start).subtract(
    said.from.said === 'weekday' ? { weeks: 1 } : said.from.said === 'month_day' ? { years: 1 } : { months: 1 },
  );
  return { days: [], from: earlier.toString(), to: end };
}

/** A range that a report of something done can only fill up to today. */
function between(start: Temporal.PlainDate, days: number, now: Temporal.PlainDate, tense: Tense): When {
  const end = start.add({ days });
  if (Temporal.PlainDate.compare(start, now) > 0)
    return { days: [], from: start.toString(), to: end.toString(), later: true };
  const cut = tense !== 'future' && Temporal.PlainDate.compare(end, now) > 0 ? now : end;
  return { days: [], from: start.toString(), to: cut.toString() };
}

function month(
  now: Temporal.PlainDate,
  said: { month?: number; monthsAway?: number; vague?: boolean },
  tense: Tense,
): When {
  const first = now.with({ day: 1 });
  let start = first.add({ months: said.monthsAway ?? 0 });
  if (said.month !== undefined) {
    start = first.with({ month: said.month });
    if (tense !== 'future' && Temporal.PlainDate.compare(start, now) > 0) start = start.subtract({ years: 1 });
    if (tense === 'future' && said.month < now.month) start = start.add({ years: 1 });
  }
  return between(start, start.daysInMonth - 1, now, tense);
}
