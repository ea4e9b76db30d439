/** The checks on a roster that a plan may ask for, one function per name. */
import type { Pairing, Person, Role } from './people.ts';
import { yearLabel } from './periods.ts';
import type { RosterCheck } from './plan.ts';
import type { PlanUse, Programme } from './programme.ts';
import type { Lacking } from './reasons.ts';
import { rosterOf } from './roster.ts';
import { pairingsOf } from './who-is-asked.ts';

/** What a check found, and the schools that can correct it; none: the bureau. */
export type RosterWarning = Lacking & { schoolIds: string[] };
type Limits = Record<string, number>;

const LEADERS: Role[] = ['leader', 'principal', 'vice_principal', 'middle_manager'];
const isLeader = (p: Person): boolean => p.roles.some((role) => LEADERS.includes(role));

const pairName = (programme: Programme, p: Pairing): string => {
  const { schoolName } = rosterOf(programme);
  return `${schoolName(p.supporterId)}→${schoolName(p.recipientId)}`;
};

const perPairing =
  (
    bad: (p: Pairing, programme: Programme) => boolean,
    code: 'no_agreement' | 'no_team' | 'no_mentorship' | 'no_kinds',
  ) =>
  (programme: Programme, use: PlanUse): RosterWarning[] =>
    pairingsOf(programme, use)
      .filter((p) => bad(p, programme))
      .map((p) => ({ code, of: pairName(programme, p), schoolIds: [p.supporterId, p.recipientId] }));

const schoolIdsOf = (programme: Programme, use: PlanUse): string[] => {
  const paired = new Set(pairingsOf(programme, use).flatMap((p) => [p.supporterId, p.recipientId]));
  return programme.schools.filter((s) => paired.has(s.id)).map((s) => s.id);
};

const perSchool =
  (bad: (schoolId: string, programme: Programme) => boolean, code: 'no_kind' | 'no_district' | 'no_leader') =>
  (programme: Programme, use: PlanUse): RosterWarning[] =>
    schoolIdsOf(programme, use)
      .filter((id) => bad(id, programme))
      .map((id) => ({ code, of: rosterOf(programme).school.get(id)!.name, schoolIds: [id] }));

const hasMentorship = (p: Pairing, programme: Programme): boolean => {
  const { person } = rosterOf(programme);
  return programme.mentorships.some(
    (m) => person.get(m.mentorId)?.schoolId === p.supporterId && person.get(m.menteeId)?.schoolId === p.recipientId,
  );
};

export const someoneAt = (schoolId: string, programme: Programme, fits: (p: Person) => boolean): boolean =>
  (rosterOf(programme).peopleOfSchool.get(schoolId) ?? []).some(fits);

/** The number of pupils in each person's care, all kinds together, for persons that `who` selects. */
const careNumbers = (
  programme: Programme,
  who: (p: Person) => boolean,
  { min = 0, max = Number.POSITIVE_INFINITY }: Limits,
): RosterWarning[] => {
  const { caresOfMentor } = rosterOf(programme);
  return programme.people.filter(who).flatMap((p): RosterWarning[] => {
    const count = new Set((caresOfMentor.get(p.id) ?? []).map((c) => c.pupilId)).size;
    if (count < min) return [{ code: 'few_pupils', ...ofPerson(p), count, limit: min }];
    return count > max ? [{ code: 'many_pupils', ...ofPerson(p), count, limit: max }] : [];
  });
};

const ofPerson = (p: Person) => ({ of: p.name, schoolIds: p.schoolId ? [p.schoolId] : [] });

/** Whole years from a date or year of birth to the first day of the first term, when a volunteer would set out. */
const ageOf = (programme: Programme, born: string): number | undefined => {
  const start = programme.terms.map((t) => t.start).sort()[0];
  if (!start || !/^\d{4}/.test(born)) return undefined;
  const years = Number(start.slice(0, 4)) - Number(born.slice(0, 4));
  return born.length >= 10 && start.slice(5) < born.slice(5, 10) ? years - 1 : years;
};

/** What a person lacks to be sent to teach at another school; volunteers lack nothing. */
function ineligible(programme: Programme, p: Person, limits: Limits): RosterWarning[] {
  if (p.volunteer) return [];
  const found: RosterWarning[] = [];
  const age = p.born === undefined ? undefined : ageOf(programme, p.born);
  const limit = p.sex === '女' ? limits.female_age : p.sex === '男' ? limits.male_age : undefined;
  if (age !== undefined && limit !== undefined && age >= limit)
    found.push({ code: 'too_old', ...ofPerson(p), age, sex: p.sex!, limit });
  const years = p.ruralYears ?? 0;
  if (limits.rural_years !== undefined && years > limits.rural_years)
    found.push({ code: 'long_rural', ...ofPerson(p), years, limit: limits.rural_years });
  return found;
}

const volunteers = (programme: Programme, use: PlanUse, limits: Limits): RosterWarning[] => {
  const supporters = new Set(pairingsOf(programme, use).map((p) => p.supporterId));
  return programme.people
    .filter((p) => p.schoolId && supporters.has(p.schoolId) && p.roles.includes('teacher'))
    .flatMap((p) => ineligible(programme, p, limits));
};

/** The plans' objections to sending this person, for this subject, to teach at another school. */
export function doubtsAbout(
  programme: Programme,
  personId: string,
  { placeId, subject }: { placeId?: string; subject?: string } = {},
): Lacking[] {
  const p = rosterOf(programme).person.get(personId);
  const eligibility = programme.plans.flatMap(({ plan }) =>
    plan.provisions.filter(({ check }) => check === 'volunteer_eligibility'),
  );
  if (!p || eligibility.length === 0) return [];
  const { name: of = '', lacks = [] } = rosterOf(programme).school.get(placeId ?? '') ?? {};
  const other = subject !== undefined && lacks.length > 0 && !lacks.some((one) => subject.includes(one));
  return [
    ...eligibility.flatMap(({ limits = {} }) => ineligible(programme, p, limits)),
    ...(other ? [{ code: 'other_subject' as const, of, subject, lacks }] : []),
  ];
}

const recipients = (programme: Programme, use: PlanUse, { min = 0, max }: Limits): RosterWarning[] =>
  [...Map.groupBy(pairingsOf(programme, use), (p) => p.supporterId)].flatMap(([id, list]): RosterWarning[] => {
    const count = new Set(list.map((p) => p.recipientId)).size;
    if (count >= min && !(max !== undefined && count > max)) return [];
    const of = rosterOf(programme).school.get(id)!.name;
    return [{ code: 'recipients', of, schoolIds: [], count, min, ...(max !== undefined && { max }) }];
  });

const bureau = (programme: Programme): RosterWarning[] =>
  (['bureau_leader', 'bureau_coordinator'] as const)
    .filter((role) => !programme.people.some((p) => p.roles.includes(role)))
    .map((role) => ({ code: `no_${role}` as const, of: programme.name, schoolIds: [] }));

export const CHECKS: Record<RosterCheck, (programme: Programme, use: PlanUse, limits: Limits) => RosterWarning[]> = {
  agreement: perPairing((p) => !p.agreement, 'no_agreement'),
  team: perPairing((p) => p.team.length === 0, 'no_team'),
  mentorships: perPairing((p, programme) => !hasMentorship(p, programme), 'no_mentorship'),
  support_kinds: perPairing((p) => p.kinds.length === 0, 'no_kinds'),
  unpaired_schools: (programme) => {
    const { pairingsOfSchool } = rosterOf(programme);
    return programme.schools
      .filter((s) => !pairingsOfSchool.has(s.id))
      .map((s) => ({ code: 'no_pairing', of: s.name, schoolIds: [] }));
  },
  recipients_per_supporter: recipients,
  cycle_length: (programme, use, { years = 2 }) => {
    const latest = programme.terms
      .map((t) => yearLabel(t.start))
      .sort()
      .at(-1);
    return pairingsOf(programme, use)
      .filter(
        (p) =>
          p.from &&
          latest !== undefined &&
          latest - yearLabel(p.from) >= years &&
          (!p.to || yearLabel(p.to) - yearLabel(p.from) >= years),
      )
      .map((p) => ({ code: 'cycle_over', of: pairName(programme, p), schoolIds: [], years }));
  },
  care_per_teacher: (programme, _use, limits) =>
    careNumbers(programme, (p) => p.roles.includes('teacher') && !isLeader(p), limits),
  care_per_leader: (programme, _use, limits) => careNumbers(programme, isLeader, limits),
  volunteer_eligibility: volunteers,
  school_kinds: perSchool((id, programme) => !rosterOf(programme).school.get(id)?.kind, 'no_kind'),
  districts: perSchool((id, programme) => !rosterOf(programme).school.get(id)?.districtId, 'no_district'),
  bureau,
  school_leader: perSchool((id, programme) => !someoneAt(id, programme, isLeader), 'no_leader'),
};
