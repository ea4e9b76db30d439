import { FROM_NUMBER, FROM_WORD } from './date-patterns.ts';
import { DAY_WORDS, FIXED_DAYS, FUTURE_TIMES, TERMS, VAGUE_TIMES, WEAK_DAY_WORDS } from './tables/days.ts';

/** A date as it was said, before it is known on which side of today it lies. */
export type DateSaid =
  | { said: 'day'; offset: number }
  | { said: 'month_day'; year?: number; month: number; day: number }
  | { said: 'day_of_month'; day: number; monthsAway?: number }
  | { said: 'weekday'; weekday: number; weeksAway?: number }
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
const LONGEST = new Map<string, number>();
for (const word of WORDS.keys()) LONGEST.set(word[0]!, Math.max(word.length, LONGEST.get(word[0]!) ?? 0));
const DIGIT = /[\d〇零一二两三四五六七八九十廿]/u;
const STARTERS = new Set('0123456789〇零一二两三四五六七八九十廿上下本这今去前明当周星礼大第每');

/** The date expression that starts at `at`, the longest there is; undefined where none starts. */
export function dateAt(text: string, at: number): DateAt | undefined {
  if (!STARTERS.has(text[at]!) && !LONGEST.has(text[at]!)) return undefined;
  let best: DateAt | undefined;
  for (let length = Math.min(LONGEST.get(text[at]!) ?? 0, text.length - at); length > 0 && !best; length -= 1) {
    const value = WORDS.get(text.slice(at, at + length));
    // 最近的学习 names no time of the activity.
    const after = text.slice(at + length, at + length + 2);
    const ofSomething =
      value?.said === 'vague' &&
      (after.startsWith('的') ||
        (/期[中末]$/u.test(text.slice(at, at + length)) && /^[试考卷测质]|^复习|^成绩|^检测|^模拟/u.test(after)));
    const fixed = value?.said === 'month_day' && /^(?:的?前|后|期间|假|左右|之)/u.test(text.slice(at + length));
    if (fixed) best = { value: { said: 'vague' }, end: at + length };
    else if (
      value &&
      !ofSomething &&
      !(WEAK_DAY_WORDS.has(text.slice(at, at + length)) && weakInside(text, at, length))
    )
      best = { value, end: at + length };
  }
  if (/[\d.]/u.test(text[at - 1] ?? '') && /\d/u.test(text[at]!)) return best;
  if (text[at - 1] === '第') return best;
  if (!STARTERS.has(text[at]!)) return best;
  for (const [pattern, make] of DIGIT.test(text[at]!) ? FROM_NUMBER : FROM_WORD) {
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

/** 昨 and 明 alone are days only before a place or a verb: 昨到万佑, 明去听课. */
function weakInside(text: string, at: number, length: number): boolean {
  const word = text.slice(at, at + length);
  if (word !== '昨' && word !== '明') return false;
  return (
    !/^[到去在给和跟]/u.test(text.slice(at + length, at + length + 1)) || /[\p{Script=Han}]/u.test(text[at - 1] ?? '')
  );
}
