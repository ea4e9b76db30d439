import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parsePlan } from '../../src/plan/plan-file.ts';
import { problemText } from '../../src/plan/problems.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { presets } from './presets.ts';

const planProblems = (text: string, preset = false): string[] => {
  const parsed = parsePlan(parse(text), 'p.yaml', { preset });
  return 'problems' in parsed ? parsed.problems.map(problemText) : [];
};
const REQUIREMENT = 'id: a, title: t, activity: talk, subject: care, measure: times, count: 2, period: term';
const plan = (extra = '', requirement = REQUIREMENT) => `id: p\ntitle: t\nrequirements: [{${requirement}${extra}}]`;

test('a plan’s defaults', () => {
  const parsed = parsePlan(parse(plan()), 'p.yaml');
  expect('plan' in parsed && parsed.plan.requirements[0]).toMatchObject({
    side: 'supporter',
    pace: 'even',
    evidence: 'none',
    assumed: false,
  });
});

test('each fault of a plan names the file, path and expected value', () => {
  expect(planProblems('id: p\ntitle: t')).toEqual(['p.yaml: requirements: 缺少此项，应为列表 (required: array)']);
  expect(planProblems(plan('', REQUIREMENT.replace('activity: talk', 'activity: chat')))[0]).toContain(
    'p.yaml: requirements[0].activity: 应为 demo_lesson|observe|',
  );
  expect(planProblems(plan('', REQUIREMENT.replace('term', 'moon')))[0]).toContain(
    'requirements[0].period: 应为 week|fortnight|',
  );
  expect(planProblems(plan('', REQUIREMENT.replace('term', '{windows: [05-31..13-01]}')))[0]).toContain(
    'requirements[0].period',
  );
  expect(planProblems(plan('', REQUIREMENT.replace('count: 2', 'count: 40')))).toEqual([
    'p.yaml: requirements[0].pace: count 大于 31 时必须写 even 或 end (pace must be written)',
  ]);
  expect(planProblems(plan(', colour: red'))).toEqual(['p.yaml: requirements[0]: 不认识的项：colour (unknown key)']);
  expect(planProblems(plan(), true)[0]).toContain('requirements[0].basis');
  expect(planProblems('- 1')).toHaveLength(1);
  expect(planProblems(`id: p\ntitle: t\nrequirements: [{${REQUIREMENT}}, {${REQUIREMENT}}]`)[0]).toContain(
    'requirements[1].id',
  );
});

const SMALL = `
name: 小项目
terms: [{name: 上, start: 2026-09-01, end: 2027-01-22}]
schools: [{name: 甲中学, short: [甲中]}, {name: 乙小学, short: 乙小}]
people:
  - {name: 张三, school: 甲中, roles: [teacher], mobile: 13800000000}
  - {name: 张三, school: 乙小学}
  - {name: 李四, school: 甲中学, roles: coordinator}
pairings: [{supporter: 甲中, recipient: 乙小, team: [李四]}]
care: [{mentor: 甲中/张三, pupil: {name: 小明, school: 乙小}}, {mentor: 李四, pupil: 小明}]
plans: [{use: yunxian-minzu, pairings: [{supporter: 甲中, recipient: 乙小学}]}]
waivers: [{pairing: 甲中→乙小, requirement: demo.term2, from: 2026-10-01, to: 2026-10-31, reason: 校舍维修}]
activities:
  - {kind: talk, date: 2026-10-01, by: 李四, pupils: [小明]}
  - {kind: talk, date: 2026-10-01, by: 李四, pupils: [小明]}
  - {kind: talk, dates: [2026-10-08, 2026-10-09], by: 甲中/张三, pupils: [小明], status: planned}
`;
const programme = (text: string) => parseProgramme(parse(text), 'f.yaml', presets());
const problems = (text: string): string[] => {
  const parsed = programme(text);
  return 'problems' in parsed ? parsed.problems.map(problemText) : [];
};

test('names become keys built from names, the same on every reading', () => {
  const parsed = programme(SMALL);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const p = parsed.programme;
  expect(p.people.map((x) => x.id)).toEqual(['甲中学/张三', '乙小学/张三', '甲中学/李四']);
  expect(p.people[0]).toMatchObject({ schoolId: '甲中学', mobile: '13800000000' });
  expect(p.pairings[0]).toMatchObject({ id: '甲中学→乙小学', team: ['甲中学/李四'] });
  // The pupil's school defaults to the mentor's, so these are two pupils with one name.
  expect(p.cares.map((c) => c.id)).toEqual(['甲中学/张三→乙小学/小明', '甲中学/李四→甲中学/小明']);
  expect(p.plans[0]?.pairingIds).toEqual(['甲中学→乙小学']);
  expect(p.waivers[0]).toMatchObject({ pairingId: '甲中学→乙小学', start: '2026-10-01', reason: '校舍维修' });
  expect(p.activities.map((a) => a.id)).toEqual([
    'talk|2026-10-01|甲中学/李四||甲中学/小明|1',
    'talk|2026-10-01|甲中学/李四||甲中学/小明|2',
    'talk|2026-10-08|甲中学/张三||乙小学/小明|1',
    'talk|2026-10-09|甲中学/张三||乙小学/小明|1',
  ]);
  expect(programme(SMALL)).toEqual(parsed);
});

test('all problems of a programme are reported together', () => {
  const bad = SMALL.replace('mentor: 甲中/张三', 'mentor: 张三')
    .replace('recipient: 乙小, team: [李四]', 'recipient: 丙小, team: [王五]')
    .replace('end: 2027-01-22', 'end: 2026-02-30')
    .replace('use: yunxian-minzu', 'use: yunxian');
  expect(problems(bad)).toEqual(['f.yaml: terms[0].end: 应为日期 YYYY-MM-DD (expected a date)']);
  const named = problems(bad.replace('2026-02-30', '2026-08-30'));
  expect(named).toEqual(
    expect.arrayContaining([
      'f.yaml: terms[0].end: 结束早于开始 2026-09-01 (ends before it starts)',
      'f.yaml: care[0].mentor: 人员“张三”有 2 个：甲中学/张三、乙小学/张三，请写全 (ambiguous name)',
      'f.yaml: pairings[0].recipient: 名单里没有学校“丙小” (unknown name)',
      'f.yaml: pairings[0].team[0]: 名单里没有人员“王五”，姓名要写全，新来的先导入人员名单 (unknown name)',
    ]),
  );
  expect(named.some((p) => p.startsWith('f.yaml: plans[0].use: 没有预置方案“yunxian”'))).toBe(true);
});

test('duplicate rows, overlapping terms, a faulty inline plan', () => {
  const [terms] = problems(
    SMALL.replace('end: 2027-01-22}', 'end: 2027-01-22}, {name: 下, start: 2027-01-20, end: 2027-07-01}'),
  );
  expect(terms).toBe('f.yaml: terms[1].start: 与上重叠 (terms overlap)');
  expect(problems(SMALL.replace('乙小学}\n  -', '甲中学}\n  -'))).toContain(
    'f.yaml: people[1]: 人员重复：甲中学/张三 (duplicate)',
  );
  const withOwnPlan = SMALL.replace(
    /plans: .*/,
    `plans: [{id: own, title: 自拟, requirements: [{${REQUIREMENT.replace('count: 2', 'count: 0')}}]}]`,
  );
  expect(problems(withOwnPlan).filter((p) => p.includes('plans[0]'))).toEqual([
    'f.yaml: plans[0].requirements[0].count: 至少 1 (at least 1)',
  ]);
});

test('a ledger with the fields of a reading, and lists as a sheet writes them', () => {
  const row =
    'kind: talk, date: 2026-10-12, by: 李四, pupils: 小明, participants: 乙小/张三, evidence: 照片, date_given: true';
  const parsed = programme(
    SMALL.replace(/activities:[\s\S]*/, `activities: [{${row}}]`).replace(
      'roles: coordinator',
      'roles: teacher、coordinator',
    ),
  );
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  expect(parsed.programme.activities[0]).toMatchObject({ pupilIds: ['甲中学/小明'], participantIds: ['乙小学/张三'] });
  expect(parsed.programme.people[2]?.roles).toEqual(['teacher', 'coordinator']);
  expect(problems(SMALL.replace('kind: talk,', 'kind: talk, colour: red,'))[0]).toContain('不认识的项：colour');
});

test('not a programme at all', () => {
  for (const text of ['', '42', '- a', 'name: 1']) expect(problems(text)).not.toEqual([]);
});

test('YAML keeps a plan file’s values as written: windows and due dates stay text', () => {
  const text = readFileSync('db/plans/yunxian-minzu.yaml', 'utf8');
  expect(parse(text)).toMatchObject({ id: 'yunxian-minzu' });
  const parsed = parsePlan(parse(plan('', REQUIREMENT.replace('period: term', 'period: {due: 08-31}'))), 'p');
  expect('plan' in parsed && parsed.plan.requirements[0]?.period).toEqual({ due: '08-31' });
});
