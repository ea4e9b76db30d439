import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Operator, operator } from './operator.ts';

let one: Operator;
const programme = (name: string) => ({
  name,
  terms: [{ name: '上', start: '2026-09-01', end: '2027-01-22' }],
  schools: [
    { name: '东县第一小学', short: ['一小'] },
    { name: '西乡中心小学', short: ['西小'] },
  ],
  people: [
    { name: '王安', school: '一小', roles: ['teacher'] },
    { name: '李宁', school: '西小', roles: ['teacher'] },
  ],
  pairings: [{ supporter: '一小', recipient: '西小' }],
  care: [{ mentor: '王安', pupil: { name: '小禾' } }],
});
beforeAll(async () => {
  one = await operator('2026-11-20T15:00');
  // The same schools and people in two programmes, which must not make any name ambiguous.
  await one.imports(programme('甲项目'));
  await one.imports(programme('乙项目'));
});
afterAll(() => one.close());

const readings = async (...words: string[]) => {
  const ran = await one.run('read', ...words, '--json');
  expect(ran).toMatchObject({ code: 0, err: '' });
  return JSON.parse(ran.out) as Record<string, unknown>[];
};

test('an instant may carry an offset; without one it is in JIEDUI_TIMEZONE', async () => {
  const dateOf = async (at: string) => (await readings('昨天家访了小禾', '--as', '王安', '--at', at))[0]?.date;
  expect(await dateOf('2026-11-20T09:00')).toBe('2026-11-19');
  expect(await dateOf('2026-11-20')).toBe('2026-11-19');
  expect(await dateOf('2026-11-19T20:00:00Z')).toBe('2026-11-19');
  expect(await dateOf('2026-11-19T20:00:00.5z')).toBe('2026-11-19');
  expect(await dateOf('2026-11-20T01:00+08:00')).toBe('2026-11-19');
  expect(await dateOf('2026-11-20T01:00+0900')).toBe('2026-11-19');
  expect(await dateOf('2026-11-20T00:30+09')).toBe('2026-11-18');
  expect((await one.run('read', '好', '--at', '20 Nov')).code).toBe(2);
});

test('names of several programmes are read as if there were one, with a known sender and without', async () => {
  const [known] = await readings('今天去西小听了李宁一节课', '--as', '一小/王安');
  expect(known).toMatchObject({ kind: 'observe', status: 'done', date: '2026-11-20', place: '西乡中心小学' });
  expect(known).not.toHaveProperty('choices');
  const [unknown] = await readings('王安今天去西小上了一节示范课');
  expect(unknown).toMatchObject({ kind: 'demo_lesson', place: '西乡中心小学' });
  expect(unknown).not.toHaveProperty('choices');
});

test('a line of a file may say who wrote it and when', async () => {
  const rows = [
    { id: 1, text: '昨天去西小上了一节课', as: '王安', at: '2026-10-13T09:00' },
    { id: 2, text: '昨天去西小上了一节课' },
  ];
  const file = one.file('when.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  const ran = await one.run('read', '--file', file, '--as', '王安', '--at', '2026-11-20T09:00');
  const dates = ran.out
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readings: { date: string }[] }).readings[0]?.date);
  expect(dates).toEqual(['2026-10-12', '2026-11-19']);
});

test('a file of messages: one output line per line, any id, nothing else on stdout; nothing is recorded', async () => {
  const file = one.file(
    'in.jsonl',
    '\ufeff{"id":"a","text":"今天去西小上了一节课"}\r\n\n{"id":7,"text":"谢谢"}\n{"id":null,"text":""}',
  );
  const ran = await one.run('read', '--file', file, '--as', '王安', '--at', '2026-11-20T09:00');
  expect(ran).toMatchObject({ code: 0, err: '' });
  const rows = ran.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: unknown; readings: { kind: string }[] });
  expect(rows.map((row) => [row.id, ...row.readings.map((r) => r.kind)])).toEqual([['a', 'demo_lesson'], [7], [null]]);
  expect(rows.every((row) => Object.keys(row).join() === 'id,readings')).toBe(true);
  for (const words of [
    [],
    ['好', '--file', file],
    ['好', '--as', '没有'],
    ['--file', one.file('bad.jsonl', '{"id":1}')],
  ])
    expect((await one.run('read', ...words)).code).toBe(2);
  expect((await one.run('read', '--file', 'none.jsonl')).code).toBe(1);
  const kept = await one.core.ctx.db.selectFrom('activity').select('id').execute();
  expect(kept).toEqual([]);
});
