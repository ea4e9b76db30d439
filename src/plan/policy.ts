/** Who may do what, and to whom: the only place that knows roles. Every command and button asks here, on the server, each time. */
import type { Activity } from './activity.ts';
import type { Ymd } from './dates.ts';
import type { Person, Role } from './people.ts';
import type { Programme } from './programme.ts';
import { districtOf, rosterOf } from './roster.ts';
import { alive } from './spells.ts';

export const RIGHTS = [
  'counts', // figures without names
  'duties', // who owes what
  'records', // what was done and by whom, pupils as numbers
  'pupils', // pupils' names
  'change', // edit, withdraw, restore
  'report_for', // 代报
  'confirm', // confirm for the recipient school that it happened
  'people', // 名册, 未绑定
  'remind', // 催办
  'arrange', // 豁免, 请假, 换人
  'answer', // requests for help
  'export', // the ledger and lists as files
  'archive', // everything about a pairing, person or pupil as files
  'inspect', // samples of records with their evidence
  'audit', // the log of who saw what
  'forget', // erasure
] as const;
export type Right = (typeof RIGHTS)[number];

export type Target =
  | { kind: 'person' | 'school' | 'pairing' | 'pupil' | 'district'; id: string }
  | { kind: 'record'; activity: Pick<Activity, 'byId'> & { reporterId?: string } }
  | { kind: 'programme' };

/** A person with the roles held on one day. Only `actingOn` makes one, so expired roles never reach the policy. */
export type Actor = Person & { readonly actsOn: Ymd };

/** The only place where roles depend on the date: outside the spells of a post its person has no role. */
export const actingOn = (person: Person, day: Ymd): Actor => ({
  ...person,
  actsOn: day,
  roles: alive(person, day) ? person.roles : [],
});

/** Everybody of a list, each with the roles that they hold on a day. */
export const allActingOn = (people: Person[], day: Ymd): Actor[] => people.map((p) => actingOn(p, day));

/** How far a right reaches: oneself, one's school, or (`wide`) one's district and, without a district, everything. */
type Reach = 'self' | 'school' | 'wide';
type Station = 'member' | 'coordinator' | 'leader' | 'bureau_coordinator' | 'bureau_leader';

/** A middle manager has a leader's duties but a teacher's view. */
const STATION: Record<Role, Station> = {
  teacher: 'member',
  middle_manager: 'member',
  coordinator: 'coordinator',
  leader: 'leader',
  principal: 'leader',
  vice_principal: 'leader',
  bureau_coordinator: 'bureau_coordinator',
  bureau_leader: 'bureau_leader',
};

const everybody = { member: 'self', coordinator: 'school', leader: 'school' } as const;
const bureau = { bureau_coordinator: 'wide', bureau_leader: 'wide' } as const;
const coordinators = { coordinator: 'school', bureau_coordinator: 'wide' } as const;
const ownRecords = { member: 'self', leader: 'self', bureau_leader: 'self' } as const;

const GRANTS: Record<Right, Partial<Record<Station, Reach>>> = {
  counts: { ...everybody, ...bureau },
  duties: { ...everybody, ...bureau },
  records: { ...everybody, ...bureau },
  // Only a pupil's mentor and the coordinator of the pupil's school see the name, whatever else a reader may see.
  pupils: { ...ownRecords, coordinator: 'school', bureau_coordinator: 'self' },
  change: { ...ownRecords, ...coordinators },
  report_for: { ...ownRecords, ...coordinators },
  confirm: { coordinator: 'school' },
  people: coordinators,
  remind: coordinators,
  arrange: coordinators,
  answer: coordinators,
  export: { coordinator: 'school', leader: 'school', ...bureau },
  archive: { ...everybody, ...bureau },
  inspect: { coordinator: 'school', leader: 'school', ...bureau },
  audit: {},
  forget: {},
};

/** The operator at the machine itself, who answers for the data; never a person in the chat. */
export const ADMINISTRATOR = 'administrator';

/** Whether `actor` has `right` over `target`. Pure, so the answer is the same everywhere. */
export function may(actor: Actor | typeof ADMINISTRATOR, right: Right, target: Target, programme: Programme): boolean {
  if (actor === ADMINISTRATOR) return true;
  return actor.roles.some((role) => {
    const reach = GRANTS[right][STATION[role]];
    return reach !== undefined && REACHES[reach](actor, target, programme);
  });
}

const REACHES: Record<Reach, (actor: Actor, target: Target, programme: Programme) => boolean> = {
  self: (actor, target, programme) => isOwn(actor, target, programme),
  school: (actor, target, programme) =>
    isOwn(actor, target, programme) ||
    (actor.schoolId !== undefined && schoolsOf(target, programme).includes(actor.schoolId)),
  wide: (actor, target, programme) => {
    const district = districtOf(rosterOf(programme), actor);
    if (district === undefined || isOwn(actor, target, programme)) return true;
    const touched = districtsOf(target, programme);
    return target.kind === 'programme' ? touched.every((d) => d === district) : touched.includes(district);
  },
};

function isOwn(actor: Actor, target: Target, programme: Programme): boolean {
  switch (target.kind) {
    case 'person':
      return target.id === actor.id;
    case 'record':
      return target.activity.byId === actor.id || target.activity.reporterId === actor.id;
    case 'pupil':
      return (rosterOf(programme).caresOfMentor.get(actor.id) ?? []).some((care) => care.pupilId === target.id);
    default:
      return false;
  }
}

/** The schools that a target belongs to. */
function schoolsOf(target: Target, programme: Programme): string[] {
  const roster = rosterOf(programme);
  const of = (personId: string | undefined) => roster.person.get(personId ?? '')?.schoolId;
  const ids: Record<Exclude<Target['kind'], 'record'>, (id: string) => (string | undefined)[]> = {
    person: (id) => [of(id)],
    school: (id) => [id],
    pupil: (id) => [roster.pupil.get(id)?.schoolId],
    pairing: (id) => [roster.pairing.get(id)?.supporterId, roster.pairing.get(id)?.recipientId],
    district: () => [],
    programme: () => [],
  };
  const found =
    target.kind === 'record'
      ? [of(target.activity.byId)]
      : ids[target.kind](target.kind === 'programme' ? '' : target.id);
  return found.filter((id) => id !== undefined);
}

function districtsOf(target: Target, programme: Programme): (string | undefined)[] {
  const roster = rosterOf(programme);
  if (target.kind === 'district') return [target.id];
  if (target.kind === 'person') return [districtOf(roster, roster.person.get(target.id))];
  const schools = target.kind === 'programme' ? programme.schools.map((s) => s.id) : schoolsOf(target, programme);
  return schools.map((id) => roster.school.get(id)?.districtId);
}

/** Roles that see and write only their own records: anyone who keeps a list may assign them. */
const PLAIN: Role[] = ['teacher', 'middle_manager'];
const OF_A_SCHOOL: Role[] = ['leader', 'principal', 'vice_principal', 'coordinator'];

/**
 * Whether `actor` may give `role` to a person at that school or take it away. A school's coordinator can change only roles of that
 * school. Only the bureau's coordinator for the whole programme can change roles of the bureau.
 */
export const mayGive = (
  actor: Actor | typeof ADMINISTRATOR,
  role: Role,
  schoolId: string | undefined,
  programme: Programme,
): boolean =>
  PLAIN.includes(role) ||
  may(actor, 'arrange', { kind: 'programme' }, programme) ||
  (OF_A_SCHOOL.includes(role) &&
    schoolId !== undefined &&
    may(actor, 'arrange', { kind: 'school', id: schoolId }, programme));

/** The widest realm whose figures a person may see, used for 周报 and 导出. Undefined: only their own. */
export function realmOf(
  actor: Actor,
  right: Right,
  programme: Programme,
): { kind: 'programme' } | { kind: 'district' | 'school'; id: string } | undefined {
  const district = districtOf(rosterOf(programme), actor);
  const candidates: ({ kind: 'programme' } | { kind: 'district' | 'school'; id: string })[] = [
    { kind: 'programme' },
    ...(district ? [{ kind: 'district' as const, id: district }] : []),
    ...(actor.schoolId ? [{ kind: 'school' as const, id: actor.schoolId }] : []),
  ];
  return candidates.find((target) => may(actor, right, target, programme));
}

/** Who can act if `actor` may not: the coordinators of their school, or of the bureau. At most three. */
export function whomToAsk(actor: Actor, right: Right, target: Target, programme: Programme): Actor[] {
  const helpers = allActingOn(programme.people, actor.actsOn).filter(
    (p) => p.id !== actor.id && p.roles.some((r) => r.endsWith('coordinator')),
  );
  const fit = helpers.filter((p) => may(p, right, target, programme));
  const near = fit.filter((p) => p.schoolId === actor.schoolId && p.schoolId !== undefined);
  return (near.length > 0 ? near : fit.length > 0 ? fit : helpers).slice(0, 3);
}
