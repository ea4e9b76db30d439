/** A random choice that anybody can repeat: the same seed and the same records give the same sample, whatever their order. */
import { hash } from 'node:crypto';

const rank = (seed: string, id: string): string => hash('sha256', `${seed}\n${id}`);

/** The `n` ids that the seed puts first, in that order. Another record added later moves none of the others among themselves. */
export function sampleOf(ids: Iterable<string>, n: number, seed: string): string[] {
  let best: { id: string; at: string }[] = [];
  for (const id of ids) {
    best.push({ id, at: rank(seed, id) });
    if (best.length >= 2 * n + 100) best = first(best, n);
  }
  return first(best, n).map((b) => b.id);
}

const first = <T extends { at: string }>(list: T[], n: number): T[] =>
  list.toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(0, n);
