import { expect, test } from 'vitest';
import { textsOf } from '../../src/cards/index.ts';
import { deriveObligations } from '../../src/plan/obligations.ts';
import type { Provision, RosterCheck } from '../../src/plan/plan.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { rosterWarnings } from '../../src/plan/roster-warnings.ts';
import { presets } from './presets.ts';
import { planOf, programmeOf } from './programme.ts';

const { reasons } = textsOf();
const warned = (check: RosterCheck, limits: Provision['limits'], changes: Partial<Programme> = {}): string[] => {
  const plan = {
    ...planOf({ id: 'r' }),
    provisions: [{ carries: ['x'], text: 't', check, ...(limits && { limits }) }],
  };
  return rosterWarnings(programmeOf(plan, changes), '2026-11-21').map(reasons.lacking);
};
const base = programmeOf(planOf({ id: 'r' }));

test('numbers of pupils per mentor', () => {
  const texts = warned('care_per_teacher', { min: 1, max: 1 });
  expect(texts).toContain('甲师帮扶 2 名学生，至多应为 1 名');
  expect(texts).toContain('丙师帮扶 0 名学生，至少应为 1 名');
  expect(warned('care_per_leader', { min: 1 })).toEqual(['甲长帮扶 0 名学生，至少应为 1 名']);
});

test('a demonstration kindergarten with three recipients', () => {
  const recipients = ['乙校', '丙校', '丁校'];
  const changes = {
    schools: [...base.schools, ...['丙校', '丁校'].map((id) => ({ id, name: id, short: [] }))],
    pairings: recipients.map((r) => ({ id: r, supporterId: '甲校', recipientId: r, kinds: [], team: [] })),
  };
  expect(warned('recipients_per_supporter', { min: 1, max: 2 }, changes)).toContain('甲校帮扶 3 所，应为 1–2 所');
  expect(warned('recipients_per_supporter', { min: 1, max: 2 })).toEqual([]);
});

test('a volunteer over the age limit, or long in rural schools', () => {
  const people = [
    { ...base.people[0]!, born: '1981-09-01', sex: '男' }, // 45 on 1 September 2026
    { ...base.people[1]!, born: '1986-09-02', sex: '女', ruralYears: 6 }, // 39
    base.people[2]!,
    base.people[5]!,
  ];
  expect(warned('volunteer_eligibility', { rural_years: 5, male_age: 45, female_age: 40 }, { people })).toEqual([
    '甲师 45 岁，支教要求男未满 45 岁',
    '丙师已有 6 年农村教学经历，支教优先选 5 年以下的',
  ]);
});

test('pairings: agreement, team, mentorships, kinds, an ended cycle', () => {
  expect(warned('agreement', undefined)).toEqual(['甲校→乙校：没有结对协议']);
  expect(warned('team', undefined)[0]).toContain('没有写领导小组');
  expect(warned('mentorships', undefined)).toEqual([]);
  expect(warned('mentorships', undefined, { mentorships: [] })[0]).toContain('没有师徒结对');
  expect(warned('support_kinds', undefined)).toEqual([]);
  const from = (date: string) => ({ pairings: [{ ...base.pairings[0]!, from: date }] });
  expect(warned('cycle_length', { years: 2 }, from('2024-09-01'))).toEqual(['甲校→乙校：结对已满 2 学年']);
  expect(warned('cycle_length', { years: 2 }, from('2025-09-01'))).toEqual([]);
});

test('schools: kind, district, leader, pairing; the bureau; without anyone to remind', () => {
  expect(warned('school_kinds', undefined)).toHaveLength(2);
  expect(warned('districts', undefined)).toEqual([]);
  expect(warned('school_leader', undefined)).toEqual(['乙校：没有负责结对工作的校领导']);
  expect(warned('unpaired_schools', undefined, { pairings: [] })).toHaveLength(2);
  expect(warned('bureau', undefined)).toHaveLength(2);
  expect(warned('agreement', undefined, { people: base.people.slice(0, 3) })).toContain(
    '乙校没有联络员，学校的任务无人提醒',
  );
});

test('a mentor who has left with pupils still in care', () => {
  const people = base.people.map((p) => (p.id === '甲师' ? { ...p, to: '2026-10-31' } : p));
  expect(warned('agreement', undefined, { people })).toContain('甲师 2026-10-31 后不在岗，名下还有 2 名帮扶学生');
});

test('every warning says what to do; pupils are never named', () => {
  const plans = [...presets().values()].map((plan) => ({ plan, options: {} }));
  const all = rosterWarnings({ ...base, plans }, '2026-11-21');
  expect(all.length).toBeGreaterThan(9);
  for (const w of all) {
    expect(reasons.mend(w)).not.toBe('');
    expect(reasons.lacking(w)).not.toMatch(/小一|小二/);
  }
});

test('care counted per teacher: one duty for each mentor; a talk with two pupils counts once', () => {
  const care = presets().get('care-pupils')!;
  const programme = { ...base, plans: [{ plan: care, options: { per: 'teacher' } }] };
  const visits = deriveObligations(programme, '2026-11-21').filter((o) => o.requirement.id === 'visit.term2');
  expect(visits.map((o) => `${o.subject.kind} ${o.subject.name} ${o.period.start}`)).toEqual([
    'teacher 甲师 2026-09-01',
    'teacher 甲师 2027-02-22',
  ]);
});
