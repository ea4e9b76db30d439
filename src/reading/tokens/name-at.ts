import { TITLES } from '../tables/school.ts';
import { type NameMatch, nameUnder } from './name-index.ts';
import type { NameRoster } from './roster.ts';

export interface NameAt {
  named: NameMatch;
  end: number;
}

/** 杨校, as colleagues say, is 杨校长. */
const TITLE = new RegExp(
  `(?:${TITLES.split(' ')
    .sort((a, b) => b.length - a.length)
    .join('|')}|校(?![长园区内外门方际服车舍刊里本级风容规训史]))`,
  'y',
);

/** The longest name that starts at `at`: 万佑, 王建国, 王建国老师, 王老师. `accept` may refuse a short one. */
export function nameAt(
  text: string,
  at: number,
  roster: NameRoster,
  accept: (length: number) => boolean,
): NameAt | undefined {
  if (!roster.begins.has(text.charCodeAt(at))) return undefined;
  const reach = roster.reach.get(text.slice(at, at + 2)) ?? 0;
  for (let length = Math.min(reach, text.length - at); length > 1; length -= 1) {
    const found = nameUnder(roster.layers, 'forms', text.slice(at, at + length));
    if (!found || !accept(length)) continue;
    return { named: found, end: found.people.length > 0 ? titleEnd(text, at + length) : at + length };
  }
  for (const length of [2, 1]) {
    const people = roster.families.get(text.slice(at, at + length));
    const end = people ? titleEnd(text, at + length) : at + length;
    if (people && end > at + length) return { named: { schools: [], people, pupils: [] }, end };
  }
  return undefined;
}

function titleEnd(text: string, at: number): number {
  TITLE.lastIndex = at;
  return TITLE.test(text) ? TITLE.lastIndex : at;
}
