import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OwedJson } from '../../src/cli/owed-json.ts';
import { type Operator, operator } from './operator.ts';

// One store for all tests: several programmes coexist and are distinguished by their names.
let one: Operator;
beforeAll(async () => {
  one = await operator();
});
afterAll(() => one.close());

const TALK = {
  id: 'talk',
  title: '谈话',
  activity: 'talk',
  subject: 'care',
  measure: 'times',
  count: 2,
  period: 'term',
};
const roster = {
  terms: [
    { name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' },
    { name: '2026-2027学年第二学期', start: '2027-02-22', end: '2027-07-09' },
  ],
  schools: [
    { name: '东县第一小学', short: ['一小'] },
    { name: '西乡中心小学', short: ['西小'] },
  ],
  people: [
    { name: '王安', school: '东县第一小学', roles: ['teacher'] },
    { name: '李宁', school: '一小', roles: ['principal', 'coordinator'] },
    { name: '王安', school: '西小', roles: ['teacher'] },
  ],
  pairings: [{ supporter: '一小', recipient: '西小' }],
  care: [{ mentor: '一小/王安', pupil: { name: '小禾' } }],
  plans: [{ id: 'own', title: '本校方案', requirements: [TALK] }],
};
const talkOn = (date: string, more: object = {}) => ({
  kind: 'talk',
  date,
  by: '一小/王安',
  pupils: ['小禾'],
  ...more,
});
const done = (rows: OwedJson[]) => rows.map((o) => o.done);
const lines = (out: string, outcome: string) => out.split('\n').filter((line) => line.startsWith(`${outcome} `));

test('every field of the contract’s programme file is accepted', async () => {
  const name = '东县结对';
  const reading = {
    ...{
      date_given: true,
      subject: '数学',
      grade: '三年级',
      topic: '分数',
      on_behalf: true,
      late: true,
      evidence: 'photo',
    },
    ...{
      mode: 'visit',
      reason: '路远',
      participants: ['李宁'],
      per_pupil_times: 1,
      all_assigned: true,
      pupil_count: 3,
    },
    ...{ evaluated: true, teacher: '李宁', direction: 'inbound', items: [{ name: '图书', qty: 2, unit: '本' }] },
    ...{ cash_yuan: 3, value_yuan: 4, donor: '校友', beneficiaries: '学生', audience: '教师', external: true },
    ...{
      action: 'start',
      role: '支教教师',
      days: 1,
      weeks: 1,
      months: 1,
      half: 'am',
      time_in: '08:00',
      time_out: '09:00',
    },
    ...{ ended: true, pieces: 2, lessons: 1, times: 2, place: '西小', partner: '西小', to: '西小' },
  };
  const out = await one.imports({
    name,
    ...roster,
    holidays: [
      { start: '2026-10-01', end: '2026-10-07' },
      { start: '2026-10-10', end: '2026-10-10', school: true },
    ],
    districts: [{ name: '东区' }],
    schools: [
      { name: '东县第一小学', short: ['一小'], district: '东区', kind: 'primary', level: '县级' },
      { name: '西乡中心小学', short: ['西小'], district: '东区', kind: 'primary' },
    ],
    people: [
      { ...roster.people[0], mobile: '13800000000', email: 'wang@example.com', open_id: 'ou_1', from: '2026-08-01' },
      { ...roster.people[1], to: '2028-08-01', born: '1980-01-01', sex: '女', rural_years: 3 },
      roster.people[2],
      { name: '周局', roles: ['bureau_leader'] },
      { name: '吴联', roles: ['bureau_coordinator', 'vice_principal', 'middle_manager', 'leader'] },
    ],
    pairings: [
      {
        ...roster.pairings[0],
        ...{ kinds: ['teaching', 'staff', 'funds', 'goods', 'management'], from: '2026-09-01', to: '2028-08-31' },
        ...{ team: ['一小/王安', '李宁'], agreement: '协议.pdf' },
      },
    ],
    mentorships: [{ mentor: '李宁', mentee: '西小/王安', from: '2026-09-01', to: '2027-07-01' }],
    care: [
      {
        ...{ mentor: '一小/王安', kind: '潜能生', from: '2026-09-01', to: '2027-07-09' },
        pupil: { name: '小禾', grade: '三年级', code: 'X1', school: '西小' },
      },
      { mentor: '李宁', pupil: { name: '小麦' }, kind: '困难生' },
    ],
    plans: [
      { use: 'yunxian-minzu', pairings: 'all', options: {} },
      { use: 'care-pupils', options: { per: 'teacher' } },
      { ...roster.plans[0], pairings: [{ supporter: '一小', recipient: '西小' }] },
    ],
    waivers: [
      { person: '李宁', requirement: 'talk', from: '2026-09-01', to: '2026-10-01', reason: '出差' },
      { school: '西小', from: '2026-09-01', to: '2026-09-02', reason: '修缮' },
      { pairing: '一小→西小', requirement: 'demo.term2', reason: '封路' },
      { pupil: '小麦', reason: '住院' },
    ],
    activities: [
      { id: '1', ...talkOn('2026-09-10', { status: 'done' }) },
      { kind: 'demo_lesson', status: 'done', dates: ['2026-09-10', '2026-09-11'], by: '李宁', ...reading },
      { kind: 'secondment', date_from: '2026-09-14', date_to: '2026-09-18', by: '李宁', place: '西小' },
      { kind: 'home_visit', status: 'attempted', date: '2026-09-12', by: '一小/王安', pupils: ['小禾'] },
      { kind: 'home_visit', status: 'planned', date: '2026-12-12', by: '一小/王安', pupils: ['小禾'], mode: 'phone' },
    ],
  });
  expect(out).toContain('0 changed, 0 same, 0 known, 0 kept');
  const rows = await one.owed(name);
  const of = (requirement: string) => rows.filter((o) => o.requirement === requirement);
  expect(of('demo.term2').map((o) => o.state)).toEqual(['waived', 'waived']);
  expect(of('demo.term2')[0]).toMatchObject({
    ...{ programme: name, plan: 'yunxian-minzu', shared: false, bearer: '王安、李宁', assumed: false },
    subject: { kind: 'pairing', name: '东县第一小学→西乡中心小学' },
    period: { kind: 'term', start: '2026-09-01', end: '2027-01-22', label: '2026-2027学年第一学期' },
    ...{ target: 2, measure: 'times', next_checkpoint: null, basis: { clause: expect.any(String) } },
  });
  // Per teacher: for the two mentors, not for the two pupils.
  expect(new Set(of('talk.term10').map((o) => `${o.subject.kind} ${o.subject.name}`))).toEqual(
    new Set(['teacher 王安', 'teacher 李宁']),
  );
  expect(of('talk').map((o) => [o.subject.name, o.state])).toEqual([
    ['小禾', 'open'],
    ['小麦', 'waived'],
    ['小禾', 'upcoming'],
    ['小麦', 'waived'],
  ]);
});

test('the same file again changes nothing; rows that it no longer has are kept and reported', async () => {
  const name = '再导入';
  await one.imports({ name, ...roster, activities: [talkOn('2026-09-10')] });
  const before = await one.owed(name);
  expect(done(before)).toEqual([1, 0]);
  expect(await one.imports({ name, ...roster, activities: [talkOn('2026-09-10')] })).toMatch(
    /: 0 new, 0 changed, \d+ same/,
  );
  expect(await one.owed(name)).toEqual(before);
  const fewer = { name, ...roster, people: roster.people.slice(0, 2) };
  expect(lines(await one.imports(fewer), 'kept')).toEqual(['kept     people 西乡中心小学/王安']);
  expect(await one.owed(name)).toEqual(before);
});

test('a dry run stores nothing and reports the same rows', async () => {
  const name = '试导入';
  const dry = await one.imports({ name, ...roster }, '--dry');
  expect(await one.owed(name)).toEqual([]);
  expect((await one.imports({ name, ...roster })).replace(/^imported/m, 'would import')).toBe(dry);
});

test('a bad row refuses the whole file and is reported with file, path and the expected value', async () => {
  const name = '坏文件';
  const bad = {
    name,
    ...roster,
    care: [{ mentor: '王安', pupil: { name: '小禾' } }],
    waivers: [{ person: '没有', reason: '病' }],
  };
  const ran = await one.run('import', one.file('bad.yaml', bad));
  expect(ran).toMatchObject({ code: 1, out: '' });
  expect(ran.err).toContain('bad.yaml: care[0].mentor: 人员“王安”有 2 个');
  expect(ran.err).toContain('bad.yaml: waivers[0].person: 名单里没有人员“没有”');
  expect(await one.owed(name)).toEqual([]);
});

test('a part of a programme may refer to rows of earlier files', async () => {
  const name = '分批';
  await one.imports({ name, ...roster });
  const ledger = {
    name,
    activities: [talkOn('2026-09-10'), talkOn('2026-09-24', { pupils: ['一小/小禾'] })],
  };
  const out = await one.imports(ledger);
  expect(lines(out, 'new')).toHaveLength(2);
  expect(lines(out, 'kept')).toContain('kept     schools 东县第一小学');
  expect(done(await one.owed(name))).toEqual([2, 0]);
  const more = {
    name,
    people: [{ name: '赵青', school: '西小', roles: ['teacher'] }],
    care: [{ mentor: '赵青', pupil: '小豆' }],
    waivers: [{ pupil: '小禾', requirement: 'talk', from: '2027-02-01', reason: '转学' }],
  };
  await one.imports(more);
  expect((await one.owed(name)).map((o) => [o.subject.name, o.bearer, o.state])).toEqual([
    ['小禾', '王安', 'met'],
    ['小豆', '赵青', 'overdue'],
    ['小禾', '王安', 'waived'],
    ['小豆', '赵青', 'upcoming'],
  ]);
});

test('a name refers to the file’s twin row rather than to one that is only in the store', async () => {
  const name = '同名';
  await one.imports({ name, ...roster });
  const twin = {
    name,
    ...roster,
    people: [{ name: '王安', school: '西小' }],
    care: [{ mentor: '王安', pupil: '小苗' }],
  };
  expect(lines(await one.imports(twin), 'new')).toContain('new      cares 西乡中心小学/王安→西乡中心小学/小苗');
});

test('a ledger row that says something new changes its record; until then, changes from the chat stay', async () => {
  const name = '改台账';
  const ledger = (...activities: object[]) => ({ name, ...roster, activities });
  await one.imports(ledger({ id: 'a', ...talkOn('2026-09-10') }, talkOn('2026-09-24', { status: 'planned' })));
  expect(done(await one.owed(name))).toEqual([1, 0]);
  const moved = ledger({ id: 'a', ...talkOn('2026-09-11') }, talkOn('2026-09-24'));
  expect(lines(await one.imports(moved), 'changed')).toHaveLength(2);
  expect(done(await one.owed(name))).toEqual([2, 0]);
  expect(done(await one.owed(name, '--on', '2026-09-10'))).toEqual([0, 0]);
  expect(await one.imports(moved)).toMatch(/: 0 new, 0 changed/);
});
