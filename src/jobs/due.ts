/** The latest instant at or before `now` on which a job was due, both epoch milliseconds; undefined where there is none. */
export type LatestDue = (now: number, timezone: string) => number | undefined;

/** Once a week at a local time, `HH:MM`; `weekday` 1 is Monday. */
export const atLocalOn =
  (weekday: number, time: string): LatestDue =>
  (now, timezone) => {
    const latest = atLocal(time)(now, timezone);
    if (latest === undefined) return undefined;
    const day = Temporal.Instant.fromEpochMilliseconds(latest).toZonedDateTimeISO(timezone);
    return day.subtract({ days: (day.dayOfWeek - weekday + 7) % 7 }).epochMilliseconds;
  };

/** Every day at a local time, `HH:MM`. */
export const atLocal =
  (time: string): LatestDue =>
  (now, timezone) => {
    const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
    const today = here.toPlainDate().toZonedDateTime({ timeZone: timezone, plainTime: time });
    return (today.epochMilliseconds <= now ? today : today.subtract({ days: 1 })).epochMilliseconds;
  };
