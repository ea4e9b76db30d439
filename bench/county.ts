/** A county as large as one tenant is likely to hold: 60 schools, 2,000 teachers, 6,000 pupils in care. All invented. */
import type { Person } from '../src/plan/people.ts';
import type { Plan } from '../src/plan/plan.ts';
import type { Programme } from '../src/plan/programme.ts';

export interface CountySize {
  schools: number;
  teachers: number;
  pupils: number;
}

export const countyProgramme = (
  plans: Plan[],
  { schools, teachers, pupils }: CountySize = { schools: 60, teachers: 2000, pupils: 6000 },
): Programme => {
  const school = (i: number): string => `s${i % schools}`;
  const people: Person[] = Array.from({ length: teachers }, (_, i) => ({
    id: `t${i}`,
    name: `教师${i}`,
    schoolId: school(i),
    roles: i < schools ? ['teacher', 'coordinator'] : i < 2 * schools ? ['principal'] : ['teacher'],
  }));
  const half = Math.floor(schools / 2);
  return {
    id: 'county',
    name: '全县帮扶',
    version: 1,
    terms: [
      { name: '第一学期', start: '2026-09-01', end: '2027-01-22' },
      { name: '第二学期', start: '2027-02-22', end: '2027-07-09' },
    ],
    districts: [{ id: 'd', name: '某县' }],
    schools: Array.from({ length: schools }, (_, i) => ({ id: `s${i}`, name: `学校${i}`, short: [], districtId: 'd' })),
    people,
    pairings: Array.from({ length: half }, (_, i) => ({
      id: `p${i}`,
      supporterId: `s${i}`,
      recipientId: `s${half + i}`,
      kinds: ['teaching'],
      team: [],
    })),
    mentorships: [],
    pupils: Array.from({ length: pupils }, (_, i) => ({ id: `k${i}`, name: `学生${i}`, schoolId: school(i) })),
    cares: Array.from({ length: pupils }, (_, i) => ({ id: `c${i}`, mentorId: `t${i % teachers}`, pupilId: `k${i}` })),
    plans: plans.map((plan) => ({ plan, options: {} })),
    waivers: [],
    leaves: [],
  };
};
