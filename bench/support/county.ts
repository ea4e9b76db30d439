/** A county as large as one tenant is likely to have: 60 schools, 2,000 teachers, 6,000 pupils in care. All invented. */
import { readPresets } from '../../src/files.ts';
import type { Person } from '../../src/plan/people.ts';
import type { Programme } from '../../src/plan/programme.ts';

const PLANS = ['yunxian-minzu', 'care-pupils'];

export interface CountySize {
  schools: number;
  teachers: number;
  pupils: number;
}

export const countyProgramme = ({ schools, teachers, pupils }: CountySize): Programme => {
  const presets = readPresets();
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
    plans: PLANS.map((id) => ({ plan: presets.get(id)!, options: {} })),
    waivers: [],
    leaves: [],
  };
};

/** The size of `scale` counties; the number of schools is even, because they are paired. */
export const countySize = (scale: number): CountySize => ({
  schools: 2 * Math.max(1, Math.round(30 * scale)),
  teachers: Math.round(2_000 * scale),
  pupils: Math.round(6_000 * scale),
});

/** `scale` counties as one programme. */
export const countyOf = (scale: number): Programme => countyProgramme(countySize(scale));
