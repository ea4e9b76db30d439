/** Requests that one reader may make: this many at once, and one more each so often. */
export const ALLOWANCE = { burst: 30, everyMs: 500 };

/**
 * How long, in seconds, a reader has to wait at `now` (epoch milliseconds); 0: the request is counted. Each process counts for
 * itself. `next`: by reader, when the last request counted will have been earned.
 */
export function secondsToWait(next: Map<string, number>, reader: string, now: number): number {
  const at = Math.max(next.get(reader) ?? 0, now);
  const early = at - now - (ALLOWANCE.burst - 1) * ALLOWANCE.everyMs;
  if (early > 0) return Math.ceil(early / 1_000);
  next.set(reader, at + ALLOWANCE.everyMs);
  return 0;
}
