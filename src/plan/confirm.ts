/** Which activities the recipient school should confirm according to a plan: requirement.confirm, DESIGN section 7. */
import type { Activity } from './activity.ts';
import { feeds, kindsOf } from './feeds.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

/**
 * Ids of the recipient schools that are asked whether it happened; empty if no requirement asks for it, if the activity
 * was not done, or if a person of that school did or reported it.
 */
export function confirmersOf(programme: Programme, activity: Activity): string[] {
  if (activity.status !== 'done') return [];
  const asking = programme.plans.filter((use) =>
    use.plan.requirements.some((r) => r.confirm === 'recipient' && kindsOf(r).includes(activity.kind)),
  );
  if (asking.length === 0) return [];
  const { pairing, person } = rosterOf(programme);
  const reporters = new Set([activity.byId, activity.reporterId].map((id) => person.get(id ?? '')?.schoolId));
  const schools = feeds(programme, activity).flatMap((key) => {
    const [kind, id = '', side] = key.split(':');
    const of = kind === 'pairing' && side === 'supporter' ? pairing.get(id) : undefined;
    const used = asking.some((use) => !use.pairingIds || use.pairingIds.includes(id));
    return of && used && !reporters.has(of.recipientId) ? [of.recipientId] : [];
  });
  return [...new Set(schools)];
}

/** Whether two records of one occasion come from the two sides of a pairing, so that each confirms the other. */
export function confirmEachOther(programme: Programme, a: Activity, b: Activity): boolean {
  const { person, pairingsOfSchool } = rosterOf(programme);
  const [one, other] = [a, b].map((x) => person.get(x.reporterId ?? x.byId)?.schoolId);
  if (one === undefined || other === undefined || one === other || a.separate || b.separate) return false;
  return (pairingsOfSchool.get(one) ?? []).some((p) => p.supporterId === other || p.recipientId === other);
}
