import { DAY_WORDS, FIXED_DAYS, FUTURE_TIMES, TERMS, VAGUE_TIMES, WEAK_DAY_WORDS } from '../tables/days.ts';
import { FROM_NUMBER, FROM_WORD } from './date-patterns.ts';
import { longestAt, oneOf, treeOf } from './lexicon.ts';

/** A date as it was said, before its side of today is known. */
export type DateSaid =
  | { said: 'day'; offset: number }
  | { said: 'month_day'; year?: number; month: number; day: number }
  | { said: 'day_of_month'; day: number; monthsAway?: number }
  | { said: 'weekday'; weekday: number; weeksAway?: number }
  /** 当天, 次日: so many days after a day said before. */
  | { said: 'after'; day: DateSaid; days: number }
  | { said: 'list'; parts: DateSaid[] }
  | { said: 'span'; from: DateSaid; to: DateSaid }
  | { said: 'week'; weeksAway: number }
  | { said: 'weekend'; weeksAway?: number }
  | { said: 'month'; month?: number; monthsAway?: number; vague?: boolean }
  | { said: 'term' }
  | { said: 'vague' }
  | { said: 'later' };

export interface DateAt {
  value: DateSaid;
  end: number;
}

const WORDS = new Map<string, DateSaid>();
for (const [word, offset] of Object.entries(DAY_WORDS)) WORDS.set(word, { said: 'day', offset });
for (const [word, [month, day]] of Object.entries(FIXED_DAYS)) WORDS.set(word, { said: 'month_day', month, day });
WORDS.set('明后天', { said: 'list', parts: [1, 2].map((offset) => ({ said: 'day', offset })) });
WORDS.set('明后两天', WORDS.get('明后天')!);
WORDS.set('今明两天', { said: 'list', parts: [0, 1].map((offset) => ({ said: 'day', offset })) });
for (const word of VAGUE_TIMES.split(/\s+/u)) WORDS.set(word, { said: 'vague' });
for (const word of TERMS.split(/\s+/u)) WORDS.set(word, { said: 'term' });
for (const word of FUTURE_TIMES.split(/\s+/u)) WORDS.set(word, { said: 'later' });
const BY_SIGNS = treeOf([...WORDS].map(([word, value]): [string, Worded] => [word, { word, value }]));
const isDigit = oneOf('0123456789〇零一二两三四五六七八九十廿');
const startsPattern = oneOf('0123456789〇零一二两三四五六七八九十廿上下本这今去前明当周星礼大第每mtwfs');
const isArabic = oneOf('0123456789');
const isArabicOrPoint = oneOf('0123456789.');

interface Worded {
  word: string;
  value: DateSaid;
}

/** The longest date expression that starts at `at`; undefined if none does. */
export function dateAt(text: string, at: number): DateAt | undefined {
  const worded = longestAt(
    BY_SIGNS,
    text,
    at,
    (found, end) => !ofSomething(found, text, end) && !weak(found, text, at),
  );
  let best = worded && datedByWord(worded, text, at + worded.word.length);
  if (!startsPattern(text, at)) return best;
  if (isArabicOrPoint(text, at - 1) && isArabic(text, at)) return best;
  if (text[at - 1] === '第') return best;
  // 圈内一日, 万佑一日游.
  if (text.startsWith('一日', at) && /[^月\P{Script=Han}]$/u.test(text.slice(0, at))) return undefined;
  for (const [pattern, make] of isDigit(text, at) ? FROM_NUMBER : FROM_WORD) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) continue;
    const made = make(found, text, pattern.lastIndex);
    if (!made) continue;
    const candidate = 'value' in made ? made : { value: made, end: pattern.lastIndex };
    if (!best || candidate.end > best.end) best = candidate;
  }
  return best;
}

/** 国庆节前 is not a day of its own, and 元旦主题 and 六一节目 are things. */
function datedByWord({ value }: Worded, text: string, end: number): DateAt | undefined {
  if (
    value.said === 'month_day' &&
    /^(?:主题|晚会|联欢|文艺|汇演|节目|礼物|慰问|加餐|捐赠|活动|礼包|演出|将至|快到|临近|前夕|来临|将近)/u.test(
      text.slice(end, end + 2),
    )
  )
    return undefined;
  const around = value.said === 'month_day' && /^(?:的?前|后|期间|假|左右|之)/u.test(text.slice(end, end + 2));
  return { value: around ? { said: 'vague' } : value, end };
}

/** 最近的学习, 期中考试: not the time of the activity. */
function ofSomething({ word, value }: Worded, text: string, end: number): boolean {
  if (value.said !== 'vague') return false;
  const after = text.slice(end, end + 2);
  return (
    after.startsWith('的') ||
    (/^(?:近期|最近|近来)$/u.test(word) &&
      /^老|^(?:迟到|表现|情况|状态|学习|成绩|问题|心态|作业|思想|情绪|旷课|逃课)/u.test(after)) ||
    (/期[中末]$/u.test(word) && /^[试考卷测质]|^复习|^成绩|^检测|^模拟|^座谈|^总结|^命题|^材料|^工作/u.test(after))
  );
}

/** 昨 and 明 alone are days only before a place or a verb: 昨到万佑, 明去听课. */
function weak({ word }: Worded, text: string, at: number): boolean {
  if (!WEAK_DAY_WORDS.has(word)) return false;
  return !/^[到去在给和跟]/u.test(text[at + 1] ?? '') || /\p{Script=Han}/u.test(text[at - 1] ?? '');
}
