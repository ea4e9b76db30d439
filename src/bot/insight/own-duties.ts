import { addDays, type Range } from '../../plan/dates.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Facts } from '../intake/facts.ts';

/** The owners of a person's obligations, and of those their reports can feed: the person, their school and its pairings. */
export function feedKeysOf({ programme, me }: Facts): { id: string; feedKeys: string[] } {
  if (!me.schoolId) return { id: me.id, feedKeys: [] };
  const pairings = rosterOf(programme).pairingsOfSchool.get(me.schoolId) ?? [];
  const sides = pairings.map((p) => `pairing:${p.id}:${p.supporterId === me.schoolId ? 'supporter' : 'recipient'}`);
  return { id: me.id, feedKeys: [`school:${me.schoolId}`, ...sides] };
}

/** The rest of the school year from the next term on; without one, what people mean by "now". */
export function nextRange(facts: Facts): Range {
  const { programme, today } = facts;
  const next = programme.terms.filter((t) => t.start > today).toSorted((a, b) => (a.start < b.start ? -1 : 1))[0];
  return next ? { start: next.start, end: next.end } : currentRange(facts);
}

/** What people mean by "now": this term so far, or the weeks around today between terms. */
export function currentRange({ programme, today }: Facts): Range {
  const term = programme.terms.find((t) => t.start <= today && today <= t.end);
  return { start: term?.start ?? addDays(today, -30), end: term ? today : addDays(today, 30) };
}
