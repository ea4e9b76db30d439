/** A small programme to vary in tests: 甲校 supports 乙校; all people are invented. */
import type { Activity } from '../../src/plan/activity.ts';
import type { Person } from '../../src/plan/people.ts';
import type { Plan, Requirement } from '../../src/plan/plan.ts';
import { parsePlan } from '../../src/plan/plan-file.ts';
import type { Programme } from '../../src/plan/programme.ts';

export const TERMS = [
  { name: '第一学期', start: '2026-09-01', end: '2027-01-22' },
  { name: '第二学期', start: '2027-02-22', end: '2027-07-09' },
];

const person = (id: string, schoolId: string, roles: Person['roles'] = ['teacher']): Person => ({
  id,
  name: id,
  schoolId,
  roles,
});

/** Requirement fields with a plan file's defaults. */
export const planOf = (...requirements: (Partial<Requirement> & { id: string })[]): Plan => {
  const parsed = parsePlan(
    {
      id: 'p',
      title: '测试方案',
      requirements: requirements.map((r) => ({
        title: r.id,
        activity: 'demo_lesson',
        subject: 'pairing',
        measure: 'times',
        count: 1,
        period: 'term',
        ...r,
      })),
    },
    'test',
  );
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.plan;
};

/** 甲校 → 乙校 with two teachers, a coordinator and a principal at 甲校, a teacher and a coordinator at 乙校. */
export const programmeOf = (plan: Plan, changes: Partial<Programme> = {}): Programme => ({
  id: 'prog',
  name: '测试项目',
  version: 1,
  terms: TERMS,
  districts: [{ id: 'd', name: '某县' }],
  schools: [
    { id: '甲校', name: '甲校', short: [], districtId: 'd' },
    { id: '乙校', name: '乙校', short: [], districtId: 'd' },
  ],
  people: [
    person('甲师', '甲校'),
    person('丙师', '甲校'),
    person('甲联', '甲校', ['coordinator']),
    person('甲长', '甲校', ['principal']),
    person('乙师', '乙校'),
    person('乙联', '乙校', ['coordinator']),
  ],
  pairings: [{ id: '甲乙', supporterId: '甲校', recipientId: '乙校', kinds: ['teaching'], team: [] }],
  mentorships: [{ id: '师徒', mentorId: '甲师', menteeId: '乙师' }],
  pupils: [
    { id: '小一', name: '小一', schoolId: '乙校' },
    { id: '小二', name: '小二', schoolId: '乙校' },
  ],
  cares: [
    { id: '帮一', mentorId: '甲师', pupilId: '小一' },
    { id: '帮二', mentorId: '甲师', pupilId: '小二' },
  ],
  plans: [{ plan, options: {} }],
  waivers: [],
  leaves: [],
  ...changes,
});

let count = 0;
export const activityOf = (changes: Partial<Activity> & Pick<Activity, 'date'>): Activity => ({
  id: `a${String(++count).padStart(5, '0')}`,
  programmeId: 'prog',
  kind: 'demo_lesson',
  status: 'done',
  byId: '甲师',
  participantIds: [],
  pupilIds: [],
  ...changes,
});
