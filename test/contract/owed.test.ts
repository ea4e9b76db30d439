import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Operator, operator } from './operator.ts';

let one: Operator;
beforeAll(async () => {
  one = await operator('2026-11-20T15:00');
});
afterAll(() => one.close());

const talk = {
  id: 'talk',
  title: '谈话',
  activity: 'talk',
  subject: 'teacher',
  measure: 'times',
  count: 2,
  period: 'term',
};
const programme = (name: string, more: object = {}) => ({
  name,
  terms: [
    { name: '上', start: '2026-09-01', end: '2027-01-22' },
    { name: '下', start: '2027-02-22', end: '2027-07-09' },
  ],
  schools: [
    { name: '东县第一小学', short: ['一小'] },
    { name: '西乡小学', short: ['西小'] },
  ],
  people: [
    { name: '王安', school: '一小', roles: ['teacher'] },
    { name: '王安', school: '西小', roles: ['teacher', 'coordinator'] },
  ],
  pairings: [{ supporter: '一小', recipient: '西小' }],
  plans: [
    {
      id: 'own',
      title: '本校方案',
      requirements: [talk, { ...talk, id: 'visit', title: '走访', subject: 'school', side: 'recipient', count: 1 }],
    },
  ],
  ...more,
});

test('an empty store and a date outside every known school year owe nothing, without an error', async () => {
  expect(await one.run('owed', '--json')).toEqual({ code: 0, out: '[]\n', err: '' });
  expect(await one.run('owed')).toEqual({ code: 0, out: '', err: '' });
  await one.imports(programme('甲项目', { holidays: [] }));
  for (const day of ['2025-11-20', '2026-08-31', '2027-09-01'])
    expect(await one.run('owed', '--json', '--on', day)).toEqual({ code: 0, out: '[]\n', err: '' });
  expect(await one.owed('甲项目', '--on', '2027-08-31')).toHaveLength(4);
});

test('wrong arguments print the usage and exit with code 2, on stderr only', async () => {
  for (const words of [
    ['--on', '2026-02-30'],
    ['--on', '20/11/2026'],
    ['--person', '没有'],
    ['--school', '没有'],
    ['--person', '王安'],
    ['--person', '一小/王安', '--school', '一小'],
    ['--all'],
    ['2026-11-20'],
  ]) {
    const ran = await one.run('owed', '--json', ...words);
    expect({ ...ran, err: '' }, words.join(' ')).toEqual({ code: 2, out: '', err: '' });
    expect(ran.err).toContain('usage: owed');
  }
});

test('a person or school in several programmes sees what each of them asks', async () => {
  await one.imports(programme('乙项目', { holidays: [] }));
  const rows = async (...words: string[]) => {
    const all = JSON.parse((await one.run('owed', '--json', ...words)).out) as { programme: string; shared: boolean }[];
    return all.map((o) => `${o.programme}${o.shared ? ' shared' : ''}`);
  };
  for (const name of ['西小/王安', '西乡小学/王安'])
    expect(await rows('--person', name)).toEqual(['乙项目', '甲项目'].flatMap((p) => Array(2).fill(p)));
  expect(await rows('--person', '一小/王安')).toEqual(['乙项目', '乙项目', '甲项目', '甲项目']);
  expect(new Set(await rows('--school', '西小'))).toEqual(new Set(['甲项目', '乙项目']));
});

test('holidays that are not published yet are mentioned under the list', async () => {
  await one.imports(programme('丙项目', { terms: [{ name: '远期', start: '2046-09-01', end: '2047-01-18' }] }));
  expect(await one.owed('丙项目', '--on', '2046-11-20')).toHaveLength(2);
  const printed = (await one.run('owed', '--on', '2046-11-20')).out.trimEnd().split('\n');
  expect(printed).toHaveLength(3);
  expect(printed[2]).toBe('丙项目: holidays of 2046, 2047 are not published, festival days are assumed');
});
