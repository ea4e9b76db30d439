/**
 * Which days are school days: by the State Council's published days, in later years by the festival days alone (`provisional`).
 * Only the data of `chinese-days` is used: its functions work in the machine's time zone and are a day off west of China.
 */
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { addDays, dateIn, meets, type Range, weekdayOf, type Ymd } from './dates.ts';
import type { Holiday, Programme } from './programme.ts';

export interface Calendar {
  /** Inside a term and neither weekend nor holiday, or a make-up day inside a term. */
  isSchoolDay(date: Ymd): boolean;
  isTermDay(date: Ymd): boolean;
  /** Off work for everybody: a holiday, or a weekend without a make-up day. */
  isDayOff(date: Ymd): boolean;
  /** True if the year's holidays are not published yet and only festival days are assumed. */
  provisional(year: number): boolean;
}

const yearOf = (date: Ymd): number => Number(date.slice(0, 4));

const HOLIDAYS: Record<Ymd, string> = published.holidays;
const MAKE_UP_DAYS: Record<Ymd, string> = published.workdays;

/** The published data as text: if an upgrade changes it, school days may have changed. */
export const publishedDays = (): string => JSON.stringify([HOLIDAYS, MAKE_UP_DAYS]);

const isPublished = (year: number): boolean => `${year}-01-01` in HOLIDAYS;

/** The date of a day of the lunar year that begins in `year`; leap months have no festivals. */
function lunar(year: number, month: number, day: number): Ymd {
  const monthCode = `M${String(month).padStart(2, '0')}`;
  for (let date = Temporal.PlainDate.from({ year, month: 1, day: 20 }); ; date = date.add({ days: 1 })) {
    const chinese = date.withCalendar('chinese');
    if (chinese.monthCode === monthCode && chinese.day === day) return date.toString();
  }
}

/** Clear and Bright falls on 4 to 6 April; the usual rule of thumb, exact for 2000 to 2099. */
function qingming(year: number): Ymd {
  const y = year % 100;
  return dateIn(year, 4, Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4));
}

/** Festival days off by the national rule as amended in 2024: 1, 4, 1, 2, 1, 1 and 3 days. */
function festivalDays(year: number): Set<Ymd> {
  const newYear = lunar(year, 1, 1);
  return new Set([
    dateIn(year, 1, 1),
    ...[-1, 0, 1, 2].map((n) => addDays(newYear, n)),
    qingming(year),
    dateIn(year, 5, 1),
    dateIn(year, 5, 2),
    lunar(year, 5, 5),
    lunar(year, 8, 15),
    ...[1, 2, 3].map((day) => dateIn(year, 10, day)),
  ]);
}
const festivals = new Map<number, Set<Ymd>>();
function isFestival(date: Ymd): boolean {
  const year = yearOf(date);
  let days = festivals.get(year);
  if (!days) {
    days = festivalDays(year);
    festivals.set(year, days);
  }
  return days.has(date);
}

const isWeekend = (date: Ymd): boolean => weekdayOf(date) >= 6;

function statutoryOff(date: Ymd): boolean {
  if (!isPublished(yearOf(date))) return isWeekend(date) || isFestival(date);
  return date in HOLIDAYS || (isWeekend(date) && !(date in MAKE_UP_DAYS));
}

const ownOff =
  (holidays: Holiday[]) =>
  (date: Ymd): boolean => {
    const hit = holidays.filter((h) => h.start <= date && date <= h.end);
    if (hit.some((h) => h.school)) return false;
    return hit.length > 0 || isWeekend(date);
  };

const memo = <K, V>(f: (key: K) => V): ((key: K) => V) => {
  const known = new Map<K, V>();
  return (key) => {
    if (!known.has(key)) known.set(key, f(key));
    return known.get(key) as V;
  };
};

const calendars = new WeakMap<Programme, Calendar>();

/** The calendar of a programme, computed once per programme object. */
export function schoolCalendar(programme: Programme): Calendar {
  const known = calendars.get(programme);
  if (known) return known;
  const isDayOff = memo(programme.holidays ? ownOff(programme.holidays) : statutoryOff);
  const isTermDay = memo((date: Ymd) => programme.terms.some((t) => t.start <= date && date <= t.end));
  const calendar: Calendar = {
    isDayOff,
    isTermDay,
    isSchoolDay: (date) => isTermDay(date) && !isDayOff(date),
    provisional: (year) => !programme.holidays && !isPublished(year),
  };
  calendars.set(programme, calendar);
  return calendar;
}

/** Years with school in `range` whose holidays are only assumed. */
export function provisionalYears(programme: Programme, range: Range): number[] {
  const { provisional } = schoolCalendar(programme);
  const inside = programme.terms.filter((t) => meets(t, range));
  const years = new Set(inside.flatMap((t) => [yearOf(t.start), yearOf(t.end)]));
  return [...years].filter(provisional).sort((a, b) => a - b);
}
