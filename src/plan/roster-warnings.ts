/**
 * Warnings about a roster: what a plan requires of structure, roles and eligibility and the lists do not (yet) fulfil. They never
 * block anything.
 */
import { sharedAccounts } from './accounts.ts';
import { wholeName } from './called.ts';
import { CHECKS, type RosterWarning, someoneAt } from './checks.ts';
import type { Ymd } from './dates.ts';
import { type Actor, may } from './policy.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

/** Pupils whose mentor has left: their care continues without a carer. */
const departed = (programme: Programme, today: Ymd): RosterWarning[] => {
  const { person, caresOfMentor } = rosterOf(programme);
  return [...caresOfMentor].flatMap(([id, cares]): RosterWarning[] => {
    const mentor = person.get(id);
    const to = mentor?.to;
    if (!mentor || to === undefined || to >= today) return [];
    const pupils = new Set(cares.filter((c) => c.to === undefined || c.to >= today).map((c) => c.pupilId)).size;
    const schoolIds = mentor.schoolId ? [mentor.schoolId] : [];
    return pupils > 0 ? [{ code: 'departed_mentor', of: mentor.name, schoolIds, to, pupils }] : [];
  });
};

/** People with one account: a person who moved but is still in the old row, or a wrong number. */
const shared = (programme: Programme, today: Ymd): RosterWarning[] =>
  sharedAccounts(programme, today).map((people) => ({
    code: 'shared_account',
    of: people.map((p) => wholeName(programme, p)).join('、'),
    schoolIds: [...new Set(people.flatMap((p) => p.schoolId ?? []))],
  }));

/** Schools and districts that owe something but have no person to remind. */
const silent = (programme: Programme): RosterWarning[] => {
  const paired = new Set(programme.pairings.flatMap((p) => [p.supporterId, p.recipientId]));
  const schools = programme.schools.filter(
    (s) => paired.has(s.id) && !someoneAt(s.id, programme, (p) => p.roles.includes('coordinator')),
  );
  const asksDistricts = programme.plans.some((use) => use.plan.requirements.some((r) => r.subject === 'district'));
  const hasBureau = programme.people.some((p) => p.roles.includes('bureau_coordinator'));
  return [
    ...schools.map((s): RosterWarning => ({ code: 'no_coordinator', of: s.name, schoolIds: [s.id] })),
    ...(asksDistricts && !hasBureau
      ? [{ code: 'no_bureau_coordinator' as const, of: programme.name, schoolIds: [] }]
      : []),
  ];
};

/** The programme without ended rows: people who have left neither satisfy nor lack anything. */
function current(programme: Programme, today: Ymd): Programme {
  const lasts = ({ to }: { to?: Ymd }) => to === undefined || to >= today;
  return {
    ...programme,
    people: programme.people.filter(lasts),
    pairings: programme.pairings.filter(lasts),
    mentorships: programme.mentorships.filter(lasts),
    cares: programme.cares.filter(lasts),
  };
}

const kept = new WeakMap<Programme, { today: Ymd; found: RosterWarning[] }>();

/** Every warning on a day: mentors who left, people who cannot be reminded, then plan by plan. Identical demands of two plans warn once. */
export function rosterWarnings(programme: Programme, today: Ymd): RosterWarning[] {
  const known = kept.get(programme);
  if (known?.today === today) return known.found;
  const now = current(programme, today);
  const required = programme.plans.flatMap((use) =>
    use.plan.provisions.flatMap(({ check, limits = {} }) => (check ? CHECKS[check](now, use, limits) : [])),
  );
  const all = [...departed(programme, today), ...shared(programme, today), ...silent(now), ...required];
  const found = [...new Map(all.map((w) => [JSON.stringify(w), w])).values()];
  kept.set(programme, { today, found });
  return found;
}

/** Warnings that a coordinator can act on: their own school's; for the bureau also those that no school can fix. */
export const warningsFor = (coordinator: Actor, programme: Programme): RosterWarning[] =>
  rosterWarnings(programme, coordinator.actsOn).filter(({ schoolIds }) =>
    schoolIds.length === 0
      ? coordinator.roles.includes('bureau_coordinator')
      : schoolIds.some((id) => may(coordinator, 'arrange', { kind: 'school', id }, programme)),
  );
