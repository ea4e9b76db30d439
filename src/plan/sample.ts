/** A random choice that can be repeated: the same seed and records give the same sample, in any order. */
import { hash } from 'node:crypto';

const rank = (seed: string, id: string): string => hash('sha256', `${seed}\n${id}`);

/** The `n` ids that the seed ranks first, in that order. A record that is added later does not reorder the others. */
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
