/** The local time of a place at an instant (milliseconds since 1970), and the instants of local times. */
import type { Ymd } from './dates.ts';

export const DAY_MS = 86_400_000;

/** `YYYY-MM-DDTHH:MM`. */
export type LocalTime = string;

const local = (instant: number, timezone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);

/** The local date of an instant. */
export const dayAt = (instant: number, timezone: string): Ymd => local(instant, timezone).toPlainDate().toString();

/** The local date and time of an instant. */
export const localTime = (instant: number, timezone: string): LocalTime =>
  local(instant, timezone).toPlainDateTime().toString({ smallestUnit: 'minute' });

/** The local time of an instant, `HH:MM`. */
export const timeAt = (instant: number, timezone: string): string => localTime(instant, timezone).slice(11);

/** As people read it: `YYYY-MM-DD HH:MM`. */
export const localWords = (instant: number, timezone: string): string => localTime(instant, timezone).replace('T', ' ');

/** The local time of an instant to the second, with its offset. */
export const isoAt = (instant: number, timezone: string): string =>
  local(instant, timezone).toString({ smallestUnit: 'second', timeZoneName: 'never' });

/** The instant of local `time` on `day`; if clocks are set forward over it, that of an hour later. */
export const instantOf = (day: Ymd, time: string, timezone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: timezone, plainTime: time }).epochMilliseconds;

/** A little after the end of quiet hours, because others send exactly then. */
const AFTER_QUIET_MINUTES = 7;

/** The next instant at which people may be notified after quiet hours, which end at `to`. */
export function nextMorning(now: number, timezone: string, to: string): number {
  const today = local(now, timezone).toPlainDate();
  const time = Temporal.PlainTime.from(to).add({ minutes: AFTER_QUIET_MINUTES }).toString();
  const at = (day: Temporal.PlainDate) => instantOf(day.toString(), time, timezone);
  return at(today) > now ? at(today) : at(today.add({ days: 1 }));
}
