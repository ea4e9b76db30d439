import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeDraft, read, readMessage } from '../../src/reading/read.ts';
import type { ReadAt, Reading } from '../../src/reading/types.ts';
import { type Case, casesIn, knownBy } from './corpus.ts';

const KNOWS = knownBy(undefined);
const AT: ReadAt = { today: '2026-11-20', time: '18:00' };
const TEXTS = casesIn().map((item) => item.text);
const ALL = [...casesIn(), ...casesIn(new URL('./unseen/', import.meta.url))];
const PIECES =
  '昨天 今天 明天 下周三 11月13日 5号 25号 12月3日 上周 三号、十号 去 到 万佑 在 上了 听了 一节 两次 三节 课 数学 家访 小杰 小雨 和 谈了话 没 没去成 取消了 打算 如果 吗 ? , 。 送教 集体备课 王老师 电话 妈妈 改成 不是 是 撤回上一条 电脑六台 捐 支教 ① （ ） 《 “ 王晓琳 陈思远 罗春梅 何俊 我 各 每人 （陈思远） 、 七年级 民中 来我校 数学1节 2节 参加 ： 2日到6日 、9日到13日 上周一到周三 每天 初九二月十八号 零月 十三月'.split(
    ' ',
  );

const sentence = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((parts) => parts.join(''));
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  sentence,
  fc.tuple(fc.constantFrom(...TEXTS), sentence).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom(...ALL), fc.constantFrom('，', '。', '\n', ''), fc.constantFrom(...ALL))
    .map(([one, sign, other]) => one.text + sign + other.text),
);
const day = fc
  .integer({ min: 0, max: 2000 })
  .map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }).toString());

describe('any text at all', () => {
  it('is read without an error', () => {
    fc.assert(
      fc.property(anything, day, (text, today) => Array.isArray(read(text, { today }, KNOWS))),
      { numRuns: 1500 },
    );
  });

  it('is read without an error with two spans of days', () => {
    expect(read('2日到6日、9日到13日在万佑听课', AT, KNOWS)).toMatchObject([
      { status: 'needs_detail', ask: ['dates'] },
    ]);
  });

  it('is read without an error with a day of the old calendar before a month', () => {
    expect(read('初九二月十八号跟小杰他爸视频了', { today: '2027-02-22' }, KNOWS)).toMatchObject([
      { date: '2027-02-18' },
    ]);
  });

  it('is read without an error around a question about the account', () => {
    expect(read('昨天去万佑上了两节课，还差几次？送教', AT, KNOWS)[0]).toMatchObject({ status: 'done', lessons: 2 });
  });

  it('is read without an error from an unknown sender', () => {
    const nobody = { schools: [], people: [], pairings: [], care: [] };
    fc.assert(
      fc.property(anything, (text) => Array.isArray(read(text, AT, nobody))),
      { numRuns: 500 },
    );
  });

  it('never dates a thing done after the day of the message', () => {
    const dates = (reading: Reading) =>
      [reading.date, ...(reading.dates ?? []), reading.date_to].filter((date) => date !== undefined);
    fc.assert(
      fc.property(fc.oneof(sentence, fc.constantFrom(...TEXTS)), day, (text, today) => {
        const done = read(text, { today }, KNOWS).filter((reading) => reading.status === 'done');
        return done.flatMap(dates).every((date) => date <= today);
      }),
      { numRuns: 2000 },
    );
  });

  it('never names who did it, or whose lesson was heard, among those who came along, and nobody twice', () => {
    fc.assert(
      fc.property(fc.oneof(sentence, fc.constantFrom(...TEXTS)), (text) =>
        read(text, AT, KNOWS).every(({ by, teacher, participants = [], pupils = [] }) => {
          const others = [by, ...(teacher?.split('、') ?? [])];
          const lists = [participants, pupils];
          return (
            !participants.some((name) => others.includes(name)) && lists.every((l) => new Set(l).size === l.length)
          );
        }),
      ),
      { numRuns: 500 },
    );
  });

  /** Each change is tried on these, so that what they say as they stand is read once. */
  const SOME = fc.sample(fc.constantFrom(...ALL), 600);
  const stands = new Map<Case, Reading[]>();
  const asWritten = (item: Case): Reading[] => {
    const known = stands.get(item) ?? read(item.text, AT, knownBy(item.as, item.extra));
    stands.set(item, known);
    return known;
  };

  const INVISIBLE = ['\u200b', '\ufeff', '\u200d', '\u00ad', '\u2060'];
  /** A leading number is a line number, unless the text already has one. */
  const unnumbered = (text: string) => !/^[\d一二三四五六七八九十(（①]|\n|\d[.、]/u.test(text);
  it.each<[string, (text: string, k: number) => string, ((text: string) => boolean)?]>([
    [
      'a closing sign',
      (text, k) => text + ['。', '！', '.', '~', ' ', '。。。', '；'][k % 7],
      (text) => !/[?？]$/u.test(text),
    ],
    ['full-width signs', (text) => text.replace(/[!-~]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))],
    [
      'invisible signs',
      (text, k) => [...text].map((sign, i) => sign + (i % 3 === k % 3 ? INVISIBLE[i % 5] : '')).join(''),
    ],
    ['spaces around it', (text) => `  ${text} \n`],
    ['the number of a line', (text, k) => ['1. ', '（2）', '3、', '（4）'][k % 4] + text, unnumbered],
    [
      'the heading of a 接龙',
      (text, k) => ['接龙：', '#接龙\n', '#接龙 '][k % 3] + text,
      (text) => !text.includes('接龙'),
    ],
  ])('means the same with %s', (_name, change, fits = () => true) => {
    fc.assert(
      fc.property(fc.constantFrom(...SOME.filter(({ text }) => fits(text))), fc.nat(100), (item, k) => {
        expect(read(change(item.text, k), AT, knownBy(item.as, item.extra))).toEqual(asWritten(item));
      }),
      { numRuns: 500 },
    );
  });

  it('answers and mends nothing by accident', () => {
    const draft: Reading = {
      kind: 'talk',
      status: 'needs_detail',
      pupils: ['小杰'],
      date_from: '2026-11-16',
      date_to: '2026-11-20',
      ask: ['dates'],
    };
    fc.assert(
      fc.property(anything, (text) => {
        const answer = completeDraft(draft, text, AT, KNOWS);
        for (const date of [answer?.date, ...(answer?.dates ?? [])])
          expect(date === undefined || date <= AT.today).toBe(true);
      }),
      { numRuns: 800 },
    );
  });
});

describe('text without a reading', () => {
  it('is chatter, or left over if it looks like a report', () => {
    expect(readMessage('谢谢老师', AT, KNOWS)).toEqual({ readings: [], chatter: true });
    expect(readMessage('昨天去了万佑', AT, KNOWS)).toEqual({ readings: [], chatter: false, leftover: '昨天去了万佑' });
  });
});
