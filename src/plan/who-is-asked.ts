/** How far one use of a plan reaches: its pairings, the schools on a side, and their people. */
import type { Range } from './dates.ts';
import type { Pairing, School } from './people.ts';
import type { Requirement, Where } from './plan.ts';
import type { PlanUse, Programme } from './programme.ts';
import { rosterOf, schoolsOnSide } from './roster.ts';
import { livesOf } from './spells.ts';

/** The pairings that a plan is used for. */
export const pairingsOf = (programme: Programme, use: PlanUse): Pairing[] =>
  use.pairingIds ? programme.pairings.filter((p) => use.pairingIds!.includes(p.id)) : programme.pairings;

export const ofKind = (where: Where | undefined, school: School | undefined): boolean =>
  !where?.school_kind || (school?.kind !== undefined && where.school_kind.includes(school.kind));

/** The pairings of a use that a requirement's `where` selects, by kind of support and recipient. */
export function pairingsFor(programme: Programme, use: PlanUse, where: Where | undefined): Pairing[] {
  const { school } = rosterOf(programme);
  return pairingsOf(programme, use).filter((p) => {
    const kinds = where?.pairing_kind;
    if (kinds && p.kinds.length > 0 && !p.kinds.some((kind) => kinds.includes(kind))) return false;
    const recipient = school.get(p.recipientId);
    const named = where?.recipient;
    return !named || named.some((name) => name === recipient?.name || recipient?.short.includes(name));
  });
}

/**
 * Schools on a requirement's side with the lives of the pairings that put them there, in roster order. In a programme without
 * pairings, such as one school's own care plan, every school.
 */
export function schoolsOf(
  programme: Programme,
  use: PlanUse,
  { where, side }: Requirement,
): Map<string, Partial<Range>[] | undefined> {
  if (!use.pairingIds && programme.pairings.length === 0)
    return new Map(
      programme.schools.filter((s) => ofKind(where, s)).map((s): [string, undefined] => [s.id, undefined]),
    );
  const lives = new Map<string, Partial<Range>[]>();
  for (const pairing of pairingsFor(programme, use, where))
    for (const id of schoolsOnSide(pairing, side)) lives.set(id, [...(lives.get(id) ?? []), ...livesOf(pairing)]);
  return new Map(
    programme.schools
      .filter((s) => lives.has(s.id) && ofKind(where, s))
      .map((s): [string, Partial<Range>[]] => [s.id, lives.get(s.id)!]),
  );
}

/** With `pairings`, a plan reaches only people of those pairings' schools, on either side. */
export const inUse = (programme: Programme, use: PlanUse): ((personId: string) => boolean) => {
  if (!use.pairingIds) return () => true;
  const ids = new Set(pairingsOf(programme, use).flatMap((p) => [p.supporterId, p.recipientId]));
  const { person } = rosterOf(programme);
  return (id) => ids.has(person.get(id)?.schoolId ?? '');
};
