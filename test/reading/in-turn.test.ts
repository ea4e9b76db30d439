import { describe, expect, it, test } from 'vitest';
import { inTurn } from '../../src/reading/fields/in-turn.ts';
import type { TokenRole } from '../../src/reading/judge/classes.ts';
import type { Verdict } from '../../src/reading/judge/judge.ts';
import { read, readMessage, saidIn } from '../../src/reading/read.ts';
import { resolve } from '../../src/reading/tokens/calendar.ts';
import { knownBy } from './corpus.ts';

const AT = { today: '2026-11-20', time: '18:00' };
const scriptOf = (text: string, as?: string) => saidIn(text, AT, knownBy(as)).script;

test.each([
  ['11号去新华，当天听了课', ['2026-11-11', '2026-11-11']],
  ['周二到万佑，次日听课，第二天评课', ['2026-11-17', '2026-11-18', '2026-11-19']],
  ['10月31日送教，次日返回', ['2026-10-31', '2026-11-01']],
  ['当天去了万佑', ['2026-11-20']],
  ['昨天是跟岗第二天', ['2026-11-19']],
])('%s: a day may follow the day said before it', (text, days) => {
  const said = scriptOf(text).tokens.flatMap(({ date }) => (date ? resolve(date, AT.today, 'past').days : []));
  expect(said).toEqual(days);
});

test.each([
  ['今天和段老师去勐准，她上了一节', '段玉梅'],
  ['鲁老师上课，我听他的课', '鲁家福'],
  ['和段老师去了她家', undefined],
  ['段老师和其他人都去了', undefined],
  ['找阿木谈话，他说想回家', undefined],
])('%s: whom a pronoun means', (text, name) => {
  const pronoun = scriptOf(text, '方明').tokens.find((token) => /^[他她]$/u.test(token.text));
  expect(pronoun?.named?.people[0]).toBe(name);
});

describe('several people in turn', () => {
  /** The words of each part that have a role, if all words in `roles` have one. */
  const parts = (kind: string, text: string, roles: Record<string, TokenRole>, as?: string) => {
    const script = scriptOf(text, as);
    const held = script.tokens.flatMap((token, k) => {
      const role = roles[token.text];
      return role ? [[k, { value: role, p: 1 }] as const] : [];
    });
    const span = {
      kind,
      from: 0,
      to: script.pieces.length,
      main: 0,
      lead: 0,
      next: script.pieces.length,
      count: 1,
      index: 0,
      p: 1,
    };
    const choices = { status: { value: 'done', p: 1 } };
    const activity = { span, p: 1, choices, roles: new Map(held) } as unknown as Verdict;
    return inTurn(activity, script).map((one) => [...one.roles.keys()].map((k) => script.tokens[k]!.text).join(' '));
  };

  it('have their own numbers and subjects, and share what is said before all of them', () => {
    const roles = {
      昨天: 'when',
      何俊: 'teacher',
      罗春梅: 'teacher',
      一节: 'lessons',
      数学: 'subject',
      语文: 'subject',
    } as const;
    expect(parts('observe', '昨天听何俊一节数学，听罗春梅一节语文', roles)).toEqual([
      '昨天 何俊 一节 数学',
      '昨天 罗春梅 一节 语文',
    ]);
  });

  it('have their own days', () => {
    const roles = { 周二: 'when', 周四: 'when', 小杰: 'pupil', 小雨: 'pupil' } as const;
    expect(parts('home_visit', '周二去了小杰家，周四去了小雨家', roles)).toEqual(['周二 小杰', '周四 小雨']);
  });

  it('are counted once, not also in the number of all', () => {
    const roles = { 两节: 'lessons', 一节: 'lessons', 何俊: 'teacher', 罗春梅: 'teacher' } as const;
    expect(parts('observe', '听了两节，何俊一节，罗春梅一节', roles)).toEqual(['何俊 一节', '罗春梅 一节']);
  });

  it('are one record if nothing distinguishes them, or if 各 does', () => {
    const pupils = { 小杰: 'pupil', 小雨: 'pupil', 昨天: 'when' } as const;
    expect(parts('talk', '昨天找小杰谈话，也找了小雨', pupils)).toHaveLength(1);
    const each = { 何俊: 'teacher', 罗春梅: 'teacher', 一节: 'lessons' } as const;
    expect(parts('observe', '听何俊，听罗春梅，各一节', each)).toHaveLength(1);
  });
});

test('a colleague of one’s own school does not visit it', () => {
  const [reading] = read('今天段玉梅到我们学校上了一节公开课', AT, knownBy('方明'));
  expect(reading?.direction).toBeUndefined();
});

test('王老师 is the teacher, 王校长 the principal of that name', () => {
  const by = (text: string) => read(text, AT, knownBy('周文博'))[0]?.by;
  expect(by('昨天王老师去万佑上了一节课')).toBe('王晓琳');
  expect(by('昨天王校长去万佑作了一场讲座')).toBe('王建国');
});

test.each([
  '今天校长找小杰谈话了吗',
  '听说陈老师昨天给小杰辅导数学了',
  '别忘了给万佑捐款3000元',
  '昨天在万佑和孩子们走进诗词世界',
])('nothing is recorded of %s', (text) => {
  const { readings } = readMessage(text, AT, knownBy(undefined));
  expect(readings.filter(({ status, act }) => status === 'done' && act === 'record')).toEqual([]);
});
