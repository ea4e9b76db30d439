import type { Ymd } from '../plan/dates.ts';
import type { Texts } from './texts/zh-CN.ts';

/** A date as people say it: 11月19日 周四. */
export function shortDate(date: Ymd, t: Texts): string {
  const day = Temporal.PlainDate.from(date);
  return t.date(day.month, day.day, day.dayOfWeek);
}

/** `from` alone, or both ends where it lasts. */
export function shortRange(from: Ymd, to: Ymd | undefined, t: Texts): string {
  return to && to !== from ? `${shortDate(from, t)} – ${shortDate(to, t)}` : shortDate(from, t);
}
