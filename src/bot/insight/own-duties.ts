import { addDays, type Range } from '../../plan/dates.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Facts } from '../intake/facts.ts';

/** Whom one's obligations and those one's reports can feed are found by: oneself, one's school and its pairings. */
export function feedKeysOf({ programme, me }: Facts): { id: string; feedKeys: string[] } {
  if (!me.schoolId) return { id: me.id, feedKeys: [] };
  const pairings = rosterOf(programme).pairingsOfSchool.get(me.schoolId) ?? [];
  const sides = pairings.map((p) => `pairing:${p.id}:${p.supporterId === me.schoolId ? 'supporter' : 'recipient'}`);
  return { id: me.id, feedKeys: [`school:${me.schoolId}`, ...sides] };
}

/** What people mean by "now": this term so far, or the weeks around today between terms. */
export function currentRange({ programme, today }: Facts): Range {
  const term = programme.terms.find((t) => t.start <= today && today <= t.end);
  return { start: term?.start ?? addDays(today, -30), end: term ? today : addDays(today, 30) };
}
