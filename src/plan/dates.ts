/**
 * Arithmetic on local dates. Dates are `YYYY-MM-DD` strings, which compare as strings; day numbers (days since
 * 1970-01-01) are used internally so that a county of some 180,000 obligations is derived in a second or two.
 */

/** A local calendar date, `YYYY-MM-DD`. Compares correctly as a string. */
export type Ymd = string;
/** A closed range of local dates, both ends included. */
export type Range = { start: Ymd; end: Ymd };

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const numbers = new Map<Ymd, number>();
const dates = new Map<number, Ymd>();
const CACHED_DAYS = 100_000;

function remember(date: Ymd, n: number): void {
  if (numbers.size >= CACHED_DAYS) {
    numbers.clear();
    dates.clear();
  }
  numbers.set(date, n);
  dates.set(n, date);
}

/** Days since 1970-01-01. Throws a RangeError if the string is not a calendar date. */
export function dayNumber(date: Ymd): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  const n = EPOCH.until(Temporal.PlainDate.from(date), { largestUnit: 'day' }).days;
  remember(date, n);
  return n;
}

/** The inverse of `dayNumber`. */
export function dateOf(n: number): Ymd {
  const known = dates.get(n);
  if (known !== undefined) return known;
  const date = EPOCH.add({ days: n }).toString();
  remember(date, n);
  return date;
}

export const addDays = (date: Ymd, days: number): Ymd => dateOf(dayNumber(date) + days);

/** Days from `a` to `b`: 1 for tomorrow, negative if `b` is before `a`. */
export const daysBetween = (a: Ymd, b: Ymd): number => dayNumber(b) - dayNumber(a);

/** Number of days in a closed range, both ends counted. */
export const lengthOf = (range: Range): number => daysBetween(range.start, range.end) + 1;

/** Every date of a closed range, in order; empty if it ends before it starts. */
export function eachDay(range: Range): Ymd[] {
  const first = dayNumber(range.start);
  return Array.from({ length: Math.max(0, dayNumber(range.end) - first + 1) }, (_, i) => dateOf(first + i));
}

/** 1 = Monday … 7 = Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (date: Ymd): number => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;

/** In the numbering of `weekdayOf`. */
export const FRIDAY = 5;

export const mondayOf = (date: Ymd): Ymd => addDays(date, 1 - weekdayOf(date));

/** True for a real calendar date written `YYYY-MM-DD`. */
export function isYmd(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [y, m, d] = text.split('-').map(Number) as [number, number, number];
  return m >= 1 && m <= 12 && d >= 1 && d <= Temporal.PlainYearMonth.from({ year: y, month: m }).daysInMonth;
}

/** A date of a year from month and day; a day past the month's end becomes its last day (29 February in a common year). */
export const dateIn = (year: number, month: number, day: number): Ymd =>
  Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' }).toString();

/** The intersection of two closed ranges; a missing end is open. Undefined if they share no day. */
export function intersect(a: Range, b: Partial<Range>): Range | undefined {
  const start = b.start && b.start > a.start ? b.start : a.start;
  const end = b.end && b.end < a.end ? b.end : a.end;
  return start <= end ? { start, end } : undefined;
}

export const meets = (a: Range, b: Range): boolean => a.start <= b.end && b.start <= a.end;
