import { dayAt, instantOf } from '../plan/clock.ts';

/** The latest instant at or before `now` at which a job was due, both epoch milliseconds; undefined if there is none. */
export type LatestDue = (now: number, timezone: string) => number | undefined;

/** Once a week at a local time, `HH:MM`; `weekday` 1 is Monday. */
export const atLocalOn = (weekday: number, time: string): LatestDue => at(time, (day) => day.dayOfWeek === weekday);

/** Every day at a local time, `HH:MM`. */
export const atLocal = (time: string): LatestDue => at(time, () => true);

/** Each day is computed separately: if clocks are set forward over the time, that day has it an hour later, and no other day does. */
function at(plainTime: string, isDay: (day: Temporal.PlainDate) => boolean): LatestDue {
  return (now, timeZone) => {
    const today = Temporal.PlainDate.from(dayAt(now, timeZone));
    for (let back = 0; back <= 7; back++) {
      const day = today.subtract({ days: back });
      if (!isDay(day)) continue;
      const instant = instantOf(day.toString(), plainTime, timeZone);
      if (instant <= now) return instant;
    }
    return undefined;
  };
}
