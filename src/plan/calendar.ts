/**
 * Which days are school days. Statutory holidays and make-up days come from `chinese-days`, which holds what the State
 * Council has published; for later years only the statutory festival days themselves are known, and those years are
 * provisional. A programme's own `holidays` replace the statutory calendar.
 */
import chineseDays from 'chinese-days';
import { addDays, dateIn, weekdayOf } from './dates.ts';
import type { Holiday, Programme, Ymd } from './types.ts';

export interface Calendar {
  /** Inside a term and neither weekend nor holiday, or a make-up day inside a term. */
  isSchoolDay(date: Ymd): boolean;
  isTermDay(date: Ymd): boolean;
  /** Off work for everybody: a holiday, or a weekend that is no make-up day. */
  isDayOff(date: Ymd): boolean;
  /** True where the year's holidays are not published yet and only festival days are assumed. */
  provisional(year: number): boolean;
}

const yearOf = (date: Ymd): number => Number(date.slice(0, 4));

const published = new Map<number, boolean>();
const isPublished = (year: number): boolean => {
  const known = published.get(year);
  if (known !== undefined) return known;
  // A published day's name reads "New Year's Day,元旦,1"; a day without data has its weekday's name.
  const answer = chineseDays.getDayDetail(`${year}-01-01`).name.includes(',');
  published.set(year, answer);
  return answer;
};

/** Festival days off by the national rule as amended in 2024: 1, 4, 1, 2, 1, 1 and 3 days. */
const festivalDays = (year: number): Set<Ymd> => {
  const lunar = (month: number, day: number): Ymd =>
    chineseDays.getSolarDateFromLunar(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`).date;
  const newYear = lunar(1, 1);
  return new Set([
    dateIn(year, 1, 1),
    ...[-1, 0, 1, 2].map((n) => addDays(newYear, n)),
    chineseDays.getSolarTermDate(year, 4, 'pure_brightness'),
    dateIn(year, 5, 1),
    dateIn(year, 5, 2),
    lunar(5, 5),
    lunar(8, 15),
    ...[1, 2, 3].map((day) => dateIn(year, 10, day)),
  ]);
};
const festivals = new Map<number, Set<Ymd>>();
const isFestival = (date: Ymd): boolean => {
  const year = yearOf(date);
  let days = festivals.get(year);
  if (!days) {
    days = festivalDays(year);
    festivals.set(year, days);
  }
  return days.has(date);
};

const isWeekend = (date: Ymd): boolean => weekdayOf(date) >= 6;

const statutoryOff = (date: Ymd): boolean =>
  isPublished(yearOf(date)) ? !chineseDays.getDayDetail(date).work : isWeekend(date) || isFestival(date);

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

/** The calendar of a programme; the same object for the same programme, so its days are worked out once. */
export const schoolCalendar = (programme: Programme): Calendar => {
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
};
