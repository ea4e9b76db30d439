import { expect, test } from 'vitest';
import type { Person, Role } from '../../src/plan/people.ts';
import {
  type Actor,
  ADMINISTRATOR,
  actingOn,
  may,
  mayGive,
  RIGHTS,
  type Right,
  realmOf,
  type Target,
  whomToAsk,
} from '../../src/plan/policy.ts';
import type { Programme } from '../../src/plan/programme.ts';

/** Two districts; school A supports B, both in the first; C is in the second. Every actor below belongs to A. */
const school = (id: string, districtId: string) => ({ id, name: `${id}校`, short: [], districtId });
const person = (id: string, schoolId: string | undefined, ...roles: Role[]): Person => ({
  id,
  name: id,
  schoolId,
  roles,
});
const programme: Programme = {
  id: 'p',
  name: '帮扶',
  version: 1,
  terms: [],
  districts: [
    { id: 'east', name: '东区' },
    { id: 'west', name: '西区' },
  ],
  schools: [school('A', 'east'), school('B', 'east'), school('C', 'west')],
  people: [
    person('teacher', 'A', 'teacher'),
    person('middle_manager', 'A', 'middle_manager'),
    person('leader', 'A', 'leader'),
    person('principal', 'A', 'principal'),
    person('vice_principal', 'A', 'vice_principal'),
    person('coordinator', 'A', 'coordinator'),
    person('other', 'A', 'teacher'),
    person('b', 'B', 'teacher'),
    person('b-coordinator', 'B', 'coordinator'),
    person('c', 'C', 'teacher'),
    { ...person('bureau_coordinator', undefined, 'bureau_coordinator'), districtId: 'east' },
    { ...person('bureau_leader', undefined, 'bureau_leader'), districtId: 'east' },
    person('whole-coordinator', undefined, 'bureau_coordinator'),
    person('whole-leader', undefined, 'bureau_leader'),
  ],
  pairings: [
    { id: 'AB', supporterId: 'A', recipientId: 'B', kinds: [], team: [] },
    { id: 'CB', supporterId: 'C', recipientId: 'B', kinds: [], team: [] },
  ],
  mentorships: [],
  pupils: [
    { id: 'own', name: '甲', schoolId: 'B' },
    { id: 'a-pupil', name: '乙', schoolId: 'A' },
    { id: 'c-pupil', name: '丙', schoolId: 'C' },
  ],
  cares: [],
  plans: [],
  waivers: [],
  leaves: [],
};

/** Every kind of target at every distance from the actor `me`. The pupil `own` is in the actor's care. */
const TARGETS: Record<string, (me: string) => Target> = {
  self: (id) => ({ kind: 'person', id }),
  'own record': (byId) => ({ kind: 'record', activity: { byId } }),
  'own entry': (reporterId) => ({ kind: 'record', activity: { byId: 'c', reporterId } }),
  'own pupil': () => ({ kind: 'pupil', id: 'own' }),
  'A person': () => ({ kind: 'person', id: 'other' }),
  'A record': () => ({ kind: 'record', activity: { byId: 'other' } }),
  'A pupil': () => ({ kind: 'pupil', id: 'a-pupil' }),
  'A school': () => ({ kind: 'school', id: 'A' }),
  'A pairing': () => ({ kind: 'pairing', id: 'AB' }),
  'B person': () => ({ kind: 'person', id: 'b' }),
  'B record': () => ({ kind: 'record', activity: { byId: 'b' } }),
  'B school': () => ({ kind: 'school', id: 'B' }),
  'B pairing': () => ({ kind: 'pairing', id: 'CB' }),
  'C person': () => ({ kind: 'person', id: 'c' }),
  'C record': () => ({ kind: 'record', activity: { byId: 'c' } }),
  'C pupil': () => ({ kind: 'pupil', id: 'c-pupil' }),
  'C school': () => ({ kind: 'school', id: 'C' }),
  east: () => ({ kind: 'district', id: 'east' }),
  west: () => ({ kind: 'district', id: 'west' }),
  programme: () => ({ kind: 'programme' }),
};
const NAMES = Object.keys(TARGETS);

const OWN = ['self', 'own record', 'own entry', 'own pupil'];
const SCHOOL = [...OWN, 'A person', 'A record', 'A pupil', 'A school', 'A pairing'];
const EAST = [...SCHOOL, 'B person', 'B record', 'B school', 'B pairing', 'east'];
const ALL = NAMES;

/** How far each role reaches with each right. Written out, not computed: this is the rule, and the code must agree with it. */
const RULE: Record<Right, Partial<Record<string, string[]>>> = {
  counts: {
    teacher: OWN,
    middle_manager: OWN,
    leader: SCHOOL,
    principal: SCHOOL,
    vice_principal: SCHOOL,
    coordinator: SCHOOL,
    bureau_coordinator: EAST,
    bureau_leader: EAST,
    'whole-coordinator': ALL,
    'whole-leader': ALL,
  },
  duties: {
    teacher: OWN,
    middle_manager: OWN,
    leader: SCHOOL,
    principal: SCHOOL,
    vice_principal: SCHOOL,
    coordinator: SCHOOL,
    bureau_coordinator: EAST,
    bureau_leader: EAST,
    'whole-coordinator': ALL,
    'whole-leader': ALL,
  },
  records: {
    teacher: OWN,
    middle_manager: OWN,
    leader: SCHOOL,
    principal: SCHOOL,
    vice_principal: SCHOOL,
    coordinator: SCHOOL,
    bureau_coordinator: EAST,
    bureau_leader: EAST,
    'whole-coordinator': ALL,
    'whole-leader': ALL,
  },
  pupils: {
    teacher: OWN,
    middle_manager: OWN,
    leader: OWN,
    principal: OWN,
    vice_principal: OWN,
    coordinator: SCHOOL,
    bureau_coordinator: OWN,
    bureau_leader: OWN,
    'whole-coordinator': OWN,
    'whole-leader': OWN,
  },
  change: {
    teacher: OWN,
    middle_manager: OWN,
    leader: OWN,
    principal: OWN,
    vice_principal: OWN,
    coordinator: SCHOOL,
    bureau_coordinator: EAST,
    bureau_leader: OWN,
    'whole-coordinator': ALL,
    'whole-leader': OWN,
  },
  report_for: {
    teacher: OWN,
    middle_manager: OWN,
    leader: OWN,
    principal: OWN,
    vice_principal: OWN,
    coordinator: SCHOOL,
    bureau_coordinator: EAST,
    bureau_leader: OWN,
    'whole-coordinator': ALL,
    'whole-leader': OWN,
  },
  confirm: { coordinator: SCHOOL },
  people: { coordinator: SCHOOL, bureau_coordinator: EAST, 'whole-coordinator': ALL },
  remind: { coordinator: SCHOOL, bureau_coordinator: EAST, 'whole-coordinator': ALL },
  arrange: { coordinator: SCHOOL, bureau_coordinator: EAST, 'whole-coordinator': ALL },
  answer: { coordinator: SCHOOL, bureau_coordinator: EAST, 'whole-coordinator': ALL },
  export: {
    leader: SCHOOL,
    principal: SCHOOL,
    vice_principal: SCHOOL,
    coordinator: SCHOOL,
    bureau_coordinator: EAST,
    bureau_leader: EAST,
    'whole-coordinator': ALL,
    'whole-leader': ALL,
  },
  archive: {
    teacher: OWN,
    middle_manager: OWN,
    leader: SCHOOL,
    principal: SCHOOL,
    vice_principal: SCHOOL,
    coordinator: SCHOOL,
    bureau_coordinator: EAST,
    bureau_leader: EAST,
    'whole-coordinator': ALL,
    'whole-leader': ALL,
  },
  inspect: {
    leader: SCHOOL,
    principal: SCHOOL,
    vice_principal: SCHOOL,
    coordinator: SCHOOL,
    bureau_coordinator: EAST,
    bureau_leader: EAST,
    'whole-coordinator': ALL,
    'whole-leader': ALL,
  },
  audit: {},
  forget: {},
};

const ACTORS = [
  'teacher',
  'middle_manager',
  'leader',
  'principal',
  'vice_principal',
  'coordinator',
  'bureau_coordinator',
  'bureau_leader',
  'whole-coordinator',
  'whole-leader',
];
const TODAY = '2026-11-20';
const actorOf = (id: string) => actingOn(programme.people.find((p) => p.id === id)!, TODAY);
const withPupil = (id: string): Programme => ({ ...programme, cares: [{ id: 'care', mentorId: id, pupilId: 'own' }] });

test.each(ACTORS.flatMap((actor) => RIGHTS.map((act) => ({ actor, act }))))('$actor: $act', ({ actor, act }) => {
  const allowed = NAMES.filter((name) => may(actorOf(actor), act, TARGETS[name]!(actor), withPupil(actor)));
  const expected = RULE[act][actor] ?? [];
  expect(allowed).toEqual(NAMES.filter((name) => expected.includes(name)));
});

test('several roles add up, and without a role nothing is allowed', () => {
  const both: Actor = { ...actorOf('teacher'), roles: ['teacher', 'coordinator'] };
  for (const act of RIGHTS)
    for (const name of NAMES) {
      const target = TARGETS[name]!('teacher');
      const apart = ['teacher', 'coordinator'].some((role) =>
        may({ ...both, roles: [role as Role] }, act, target, withPupil('teacher')),
      );
      expect(may(both, act, target, withPupil('teacher'))).toBe(apart);
      expect(may({ ...both, roles: [] }, act, target, withPupil('teacher'))).toBe(false);
    }
});

test('the administrator may do everything, but has no person in the chat', () => {
  for (const act of RIGHTS)
    for (const name of NAMES) expect(may(ADMINISTRATOR, act, TARGETS[name]!('teacher'), programme)).toBe(true);
  for (const actor of ACTORS)
    for (const act of ['audit', 'forget'] as const)
      for (const name of NAMES) expect(may(actorOf(actor), act, TARGETS[name]!(actor), programme)).toBe(false);
});

test.each([
  ['teacher', undefined],
  ['principal', { kind: 'school', id: 'A' }],
  ['coordinator', { kind: 'school', id: 'A' }],
  ['bureau_leader', { kind: 'district', id: 'east' }],
  ['whole-leader', { kind: 'programme' }],
])('figures of %s are about %o', (actor, realm) => {
  expect(realmOf(actorOf(actor), 'counts', programme)).toEqual(realm);
});

test('a bureau whose district holds every school sees the programme', () => {
  const one = { ...programme, schools: programme.schools.filter((s) => s.districtId === 'east') };
  expect(realmOf(actorOf('bureau_leader'), 'counts', one)).toEqual({ kind: 'programme' });
});

test('a refusal names a nearby person who may', () => {
  const ask = (actor: string, act: Right, target: Target) =>
    whomToAsk(actorOf(actor), act, target, programme).map((p) => p.id);
  expect(ask('teacher', 'change', { kind: 'record', activity: { byId: 'other' } })).toEqual(['coordinator']);
  expect(ask('teacher', 'duties', { kind: 'school', id: 'B' })).toEqual([
    'b-coordinator',
    'bureau_coordinator',
    'whole-coordinator',
  ]);
  expect(ask('teacher', 'forget', { kind: 'programme' })).not.toContain('teacher');
});

test('people can only give or take roles that they hold', () => {
  expect(mayGive(actorOf('coordinator'), 'principal', 'A', programme)).toBe(true);
  expect(mayGive(actorOf('coordinator'), 'coordinator', 'A', programme)).toBe(true);
  expect(mayGive(actorOf('coordinator'), 'coordinator', 'B', programme)).toBe(false);
  expect(mayGive(actorOf('coordinator'), 'bureau_coordinator', 'A', programme)).toBe(false);
  expect(mayGive(actorOf('coordinator'), 'bureau_leader', undefined, programme)).toBe(false);
  expect(mayGive(actorOf('bureau_coordinator'), 'bureau_coordinator', undefined, programme)).toBe(false);
  expect(mayGive(actorOf('whole-coordinator'), 'bureau_coordinator', undefined, programme)).toBe(true);
});

test('rights hold from the first day of a post to its last', () => {
  const post = { ...actorOf('coordinator'), from: '2026-11-01', to: '2026-11-20' };
  const able = (day: string) => may(actingOn(post, day), 'people', { kind: 'school', id: 'A' }, programme);
  expect(['2026-10-31', '2026-11-01', '2026-11-20', '2026-11-21'].map(able)).toEqual([false, true, true, false]);
  const ended = { ...programme, people: programme.people.map((p) => (p.id === 'coordinator' ? post : p)) };
  const later = actingOn(ended.people.find((p) => p.id === 'teacher')!, '2026-11-21');
  const contacts = whomToAsk(later, 'answer', { kind: 'person', id: 'teacher' }, ended);
  expect(contacts.map((p) => p.id)).toEqual(['bureau_coordinator', 'whole-coordinator']);
});
