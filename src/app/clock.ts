import { randomUUIDv7 } from 'node:crypto';

/** The real clock, epoch ms. Doors shift it (the sandbox's date control); tests replace it. */
export const realNow = (): number => Date.now();

/** Only runs forward. */
export const monotonic = (): number => performance.now();

/** 0 ≤ x < 1; spreads reconnecting clients. */
export const randomFraction = (): number => Math.random();

/**
 * Makes UUIDs that sort in the order in which this process made them, so that the records of one message keep their order. Node's own are
 * ordered by the millisecond only; here the twelve bits behind it count (RFC 9562, 6.2, method 1), and a full millisecond borrows from the
 * next.
 */
export function idsInOrder(): () => string {
  let latest = 0;
  let count = 0;
  return () => {
    const id = randomUUIDv7();
    const now = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
    count = now > latest ? 0 : count + 1;
    latest = Math.max(latest, now);
    if (count > 0xfff) {
      latest += 1;
      count = 0;
    }
    const at = latest.toString(16).padStart(12, '0');
    return `${at.slice(0, 8)}-${at.slice(8)}-7${count.toString(16).padStart(3, '0')}-${id.slice(19)}`;
  };
}
