import { expect, test } from 'vitest';
import { nextGrade } from '../../src/plan/grades.ts';

const primary = { name: '城关小学', kind: 'primary' as const };
const middle = { name: '城关中学', kind: 'middle' as const };

test.each([
  ['三年级', primary, '四年级'],
  ['3年级2班', primary, '4年级2班'],
  ['三（2）班', primary, '四（2）班'],
  ['六年级', primary, 'leaves'],
  ['小学六年级', undefined, 'leaves'],
  ['六年级', middle, '七年级'],
  ['六年级', { name: '城关小学' }, 'leaves'],
  ['七年级', middle, '八年级'],
  ['九年级3班', middle, 'leaves'],
  ['初二', middle, '初三'],
  ['初三', middle, 'leaves'],
  ['初中一年级', middle, '初中二年级'],
  ['高一（5）班', undefined, '高二（5）班'],
  ['高三', undefined, 'leaves'],
  ['大班', undefined, undefined],
  ['', undefined, undefined],
])('%s goes on as %s: %s', (grade, school, next) => {
  expect(nextGrade(grade, school)).toBe(next);
});
