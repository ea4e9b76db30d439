import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read } from '../../src/reading/read.ts';
import { withoutCopies } from '../../src/reading/text/normalise.ts';

const AT = { today: '2026-11-20', time: '16:00' };
const KNOWS = {
  sender: { name: '周文', school: '城一小', roles: ['teacher'] },
  schools: ['城一小', '浍沟中学', '东乡园', '九合中学'].map((name) => ({ name, short: [] })),
  people: [{ name: '周文', school: '城一小' }],
  pairings: ['浍沟中学', '东乡园', '九合中学'].map((recipient) => ({ supporter: '城一小', recipient })),
  care: [{ mentor: '周文', pupil: '小杰' }],
  topics: ['方案', '总结', '计划'],
};
const kinds = (text: string) => read(text, AT, KNOWS).map(({ kind, status, act }) => `${kind} ${status} ${act}`);

const OFFICE = readFileSync(new URL('./office.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { says: string; kind: string });

test.each(OFFICE)('$says: $kind', ({ says, kind }) => {
  expect(kinds(says)[0]).toMatch(new RegExp(`^${kind} (?:done record|done confirm|needs_detail ask)$`));
});

test('intentions, questions and hearsay are not reports, however official', () => {
  expect(kinds('明天召开支教工作动员会')).toEqual(['meeting planned record']);
  expect(kinds('今天没有召开动员会').join()).not.toContain(' done');
  expect(kinds('动员会什么时候召开?').join()).not.toContain(' done');
  expect(kinds('请各校及时上报结对帮扶方案').join()).not.toContain(' done');
});

test('papers that the plans tell apart are a record each', () => {
  const read2 = read('今天报送了工作方案和工作总结', AT, KNOWS);
  expect(read2.map(({ topic, pieces }) => [topic, pieces])).toEqual([
    ['工作方案', 1],
    ['工作总结', 1],
  ]);
});

test('one thing in two words is one', () => {
  expect(kinds('今天撰写了贫困生帮扶心得体会')).toEqual(['document done record']);
  expect(kinds('今天召开了两校教学教研工作研讨会').map((one) => one.split(' ')[0])).toEqual(['meeting']);
});

test('copies are no second piece', () => {
  expect(read('今天报送了工作总结，一式两份', AT, KNOWS)).toMatchObject([
    { kind: 'document', pieces: 1, act: 'record' },
  ]);
  expect(withoutCopies('总结一式两份')).toBe('总结    ');
  expect(withoutCopies('交了两份总结')).toBe('交了两份总结');
});
