/** The latest instant at or before `now` on which a job was due, both epoch milliseconds; undefined where there is none. */
export type LatestDue = (now: number, timezone: string) => number | undefined;

/** Every day at a local time, `HH:MM`. */
export const atLocal =
  (time: string): LatestDue =>
  (now, timezone) => {
    const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
    const today = here.toPlainDate().toZonedDateTime({ timeZone: timezone, plainTime: time });
    return (today.epochMilliseconds <= now ? today : today.subtract({ days: 1 })).epochMilliseconds;
  };
