import type { Core } from '../app/core.ts';
import { dayAt } from '../plan/clock.ts';
import { isYmd, type Ymd } from '../plan/dates.ts';
import { Usage } from './command.ts';

/** The local date now. */
export const todayOf = ({ ctx }: Core): Ymd => dayAt(ctx.now(), ctx.config.timezone);

/** `YYYY-MM-DD`, or today if the argument is absent. */
export function dateArg(text: string | undefined, core: Core): Ymd {
  if (text === undefined) return todayOf(core);
  if (!isYmd(text)) throw new Usage(`expected a date YYYY-MM-DD, got ${text}`);
  return text;
}

/** An ISO instant, without offset in JIEDUI_TIMEZONE, as epoch milliseconds; now if the argument is absent. */
export function instantArg(text: string | undefined, { ctx }: Core): number {
  if (text === undefined) return ctx.now();
  try {
    // An offset must follow a time: 2026-11-20 alone ends in what looks like one.
    if (/[T ][^[]*(Z|[+-]\d{2})/i.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime(ctx.config.timezone).epochMilliseconds;
  } catch {
    throw new Usage(`expected an ISO instant such as 2026-11-20T09:00, got ${text}`);
  }
}
