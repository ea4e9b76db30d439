import { addDays, mondayOf, weekdayOf, type Ymd } from '../plan/dates.ts';
import type { Texts } from './texts/zh-CN.ts';

const schoolYearOf = (date: Ymd): number => Number(date.slice(0, 4)) - (date.slice(5) < '08-01' ? 1 : 0);

/** Whether two dates lie in one school year, as people count them: from August to July. */
export const isSameYear = (a: Ymd, b: Ymd): boolean => schoolYearOf(a) === schoolYearOf(b);

/** A date as people say it: 11月19日 周四; with its year if that is not the school year of `today`. */
export function shortDate(date: Ymd, t: Texts, today?: Ymd): string {
  const day = Temporal.PlainDate.from(date);
  const year = today === undefined || isSameYear(date, today) ? undefined : day.year;
  return t.date(day.month, day.day, day.dayOfWeek, year);
}

/** `from` alone, or both ends if it spans several days. */
export function shortRange(from: Ymd, to: Ymd | undefined, t: Texts, today?: Ymd): string {
  const first = shortDate(from, t, today);
  return to && to !== from ? `${first} – ${shortDate(to, t, today)}` : first;
}

/** A future date as people say it on `today`: 今天, 明天, 本周日, 下周三; later ones as a date. */
export function nearDate(date: Ymd, t: Texts, today: Ymd): string {
  const weekday = weekdayOf(date);
  if (date === today) return t.near.today;
  if (date === addDays(today, 1)) return t.near.tomorrow;
  const weeks = [mondayOf(today), addDays(mondayOf(today), 7)].indexOf(mondayOf(date));
  if (date < today || weeks < 0) return shortDate(date, t, today);
  return weeks === 0 ? t.near.thisWeek(weekday) : t.near.nextWeek(weekday);
}
