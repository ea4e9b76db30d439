import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../src/cards/texts/index.ts';
import type { PeriodName, Standing } from '../../src/plan/obligation.ts';

const [zh, en] = [textsOf('zh-CN').reasons, textsOf('en-US').reasons];
const ahead = { nextCheckpoint: '2026-11-22', done: 0, target: 2, wanted: 1 };

describe('the meaning of the plan’s codes', () => {
  it.each<[Standing, string, string]>([
    [
      { ...ahead, state: 'due_soon', days: 3 },
      '还有 3 天：应在 2026-11-22 前做到 1/2，现为 0/2',
      '3 days left: 1/2 due by 2026-11-22, now 0/2',
    ],
    [
      { ...ahead, state: 'due_soon', days: 0 },
      '今天：应在 2026-11-22 前做到 1/2，现为 0/2',
      'today: 1/2 due by 2026-11-22, now 0/2',
    ],
    [
      { state: 'missed', end: '2026-10-31', done: 0.5, target: 1 },
      '2026-10-31 已截止，完成 0.5/1',
      'ended on 2026-10-31, done 0.5/1',
    ],
    [
      { state: 'waived', done: 0, target: 1, by: [{ code: 'short_service' }] },
      '已豁免：本期在任不足一半时间',
      'waived: in service for less than half of the period',
    ],
    [
      {
        state: 'waived',
        done: 0,
        target: 1,
        by: [
          { code: 'leave', words: '生病' },
          { code: 'waiver', words: '借调' },
        ],
      },
      '已豁免：请假：生病；借调',
      'waived: on leave: 生病; 借调',
    ],
  ])('%j', (standing, chinese, english) => {
    expect(zh.standing(standing)).toBe(chinese);
    expect(en.standing(standing)).toBe(english);
  });

  it.each<[PeriodName, string, string]>([
    [{ kind: 'term', term: '第一学期' }, '第一学期', '第一学期'],
    [{ kind: 'fortnight', term: '第一学期', weeks: [3, 4] }, '第一学期第3–4周', '第一学期, weeks 3–4'],
    [{ kind: 'month', month: '2026-09' }, '2026年9月', 'Sep 2026'],
    [{ kind: 'calendar_month', month: '2026-10' }, '2026年10月', 'Oct 2026'],
    [{ kind: 'school_year', year: 2026 }, '2026-2027学年', 'school year 2026–2027'],
    [{ kind: 'cycle', year: 2026 }, '2026–2028周期', 'cycle 2026–2028'],
    [{ kind: 'window', year: 2027, from: '03-01', to: '05-31' }, '2027年3月1日至5月31日', '1 Mar to 31 May, from 2027'],
    [{ kind: 'due', by: '2027-08-31' }, '2027-08-31前', 'by 2027-08-31'],
    [{ kind: 'once' }, '整个帮扶期', 'the whole programme'],
  ])('%j', (period, chinese, english) => {
    expect(zh.period(period)).toBe(chinese);
    expect(en.period(period)).toBe(english);
  });

  const strings = (file: string) =>
    readFileSync(file, 'utf8')
      .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      .split('\n')
      .filter((line) => /\p{Script=Han}/u.test(line));

  it('have English sentences without Chinese', () => expect(strings('src/cards/texts/reasons.en-US.ts')).toEqual([]));

  it('are codes: plan contains no sentences where duties and counts are computed', () => {
    const about = /^(credit|measures|standing|periods|obligations?|reasons|explain|owed|settle|subjects)\.ts$/;
    const found = readdirSync('src/plan').filter((name) => about.test(name));
    expect(found.length).toBeGreaterThan(8);
    expect(found.flatMap((name) => strings(`src/plan/${name}`))).toEqual([]);
  });
});
