/** Checks of a programme file's lists that do not depend on names: ranges in order, no duplicate row. */
import type { Found } from './problems.ts';
import type { ProgrammeFile } from './programme-schema.ts';
import { overlapping, type Spelled } from './spells.ts';

/** Ranges that end before they begin, and terms that overlap. */
export function ordered(file: ProgrammeFile): Found[] {
  const found: Found[] = [];
  const later = (path: PropertyKey[], a?: string, b?: string) => {
    if (a && b && b < a) found.push({ path, message: `结束早于开始 ${a} (ends before it starts)` });
  };
  for (const list of ['terms', 'holidays'] as const)
    file[list]?.forEach((row, i) => {
      later([list, i, 'end'], row.start, row.end);
    });
  for (const list of ['people', 'pairings', 'mentorships', 'care', 'waivers'] as const)
    file[list].forEach((row, i) => {
      later([list, i, 'to'], row.from, row.to);
    });
  const terms = file.terms.map((t, i) => ({ ...t, i })).sort((a, b) => (a.start < b.start ? -1 : 1));
  terms.forEach((term, i) => {
    const before = terms[i - 1];
    if (before && term.start <= before.end)
      found.push({ path: ['terms', term.i, 'start'], message: `与${before.name}重叠 (terms overlap)` });
  });
  return found;
}

/** Rows with one key and two spells that share a day, which would be ambiguous. */
export function sameSpell(what: string, list: string, rows: ({ id: string } & Spelled)[]): Found[] {
  const seen = new Map<string, Spelled[]>();
  return rows.flatMap((row, i) => {
    const before = seen.get(row.id) ?? [];
    seen.set(row.id, [...before, row]);
    if (!before.some((other) => overlapping([other, row]))) return [];
    return [{ path: [list, i], message: `${what}重复：${row.id} (duplicate)` }];
  });
}

/** Keys that appear twice in a list. */
export function duplicates(what: string, list: string, keys: string[]): Found[] {
  const seen = new Set<string>();
  return keys.flatMap((key, i) => {
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ path: [list, i], message: `${what}重复：${key} (duplicate)` }];
  });
}
