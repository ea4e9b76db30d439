import type { ActivityKind } from '../../plan/activity.ts';
import type { Noun, Verb } from '../tables/kinds.ts';
import { SUBJECT_NAMES } from '../tables/school.ts';
import { CLAUSE_END, SENTENCE_END } from '../tables/signs.ts';
import type { Tag } from '../tables/words.ts';
import { type DateSaid, dateAt } from './dates.ts';
import { type Meaning, oneOf, wordAt } from './lexicon.ts';
import { heardNames, heardWords } from './misheard.ts';
import { type NameAt, type NameMatch, nameAt } from './name-index.ts';
import type { NameRoster } from './roster.ts';
import { type Count, clockAt, countAt, gradeAt, ordinalAt } from './spots.ts';

/** A piece of the text with its type. A name may fit several people; a word may have several meanings. */
export interface Token {
  type: 'word' | 'date' | 'count' | 'ordinal' | 'clock' | 'grade' | 'name' | 'title' | 'quote' | 'comma' | 'stop';
  start: number;
  end: number;
  text: string;
  tags?: ReadonlySet<Tag>;
  verbs?: ReadonlySet<Verb>;
  nouns?: ReadonlySet<Noun>;
  kind?: ActivityKind;
  date?: DateSaid;
  count?: Count;
  named?: NameMatch;
  /** The name that 他 or 她 stands for. */
  means?: string;
  /** Run by sound only. */
  heard?: boolean;
  /** HH:MM, a grade, a subject, or the text inside 《》 or quotes. */
  value?: string;
  subject?: boolean;
}

/** A token without its position. */
export type What = Pick<Token, 'type'> & Partial<Token>;

/** A token with all its fields, always in this order: an engine reads objects of one shape much faster than of ten. */
export function tokenAt(start: number, end: number, said: string, what: What): Token {
  const { type, tags, verbs, nouns, kind, date, count, named, means, heard, value, subject } = what;
  return { type, start, end, text: said, tags, verbs, nouns, kind, date, count, named, means, heard, value, subject };
}

/**
 * Cuts a normalised text into tokens from left to right; the longest reading at each position wins, and meaningless characters are left
 * out. A second pass finds names and kinds of activity that are misspelt by sound.
 */
export function tokenise(text: string, roster: NameRoster): Token[] {
  const tokens: Token[] = [];
  const names = namesIn(text, roster);
  const masked = blotted(text, names);
  for (let at = 0; at < text.length; ) {
    const token = signAt(text, at) ?? longestAt(text, masked, at, names.get(at));
    if (token) tokens.push(token);
    at = token ? token.end : at + 1;
  }
  return heardWords(text, heardNames(text, tokens, roster));
}

const isSign = oneOf(`${SENTENCE_END}${CLAUSE_END}《"`);

function signAt(text: string, at: number): Token | undefined {
  if (!isSign(text, at)) return undefined;
  const sign = text[at]!;
  if (SENTENCE_END.includes(sign)) return tokenAt(at, at + 1, sign, { type: 'stop' });
  if (CLAUSE_END.includes(sign)) return tokenAt(at, at + 1, sign, { type: 'comma' });
  const close = sign === '《' ? text.indexOf('》', at) : sign === '"' ? text.indexOf('"', at + 1) : -1;
  if (close < 0) return undefined;
  const value = text.slice(at + 1, close);
  return tokenAt(at, close + 1, text.slice(at, close + 1), { type: sign === '《' ? 'title' : 'quote', value });
}

// The first characters of clock times, grades, numbers and ordinals; most characters begin none of them.
const isNumeric = oneOf('0123456789〇零一二两三四五六七八九十百千万俩仨半几数第');
const beginsClass = oneOf('初高大中小学');
const isBeforeBare = oneOf('了过打');

function longestAt(text: string, masked: string, at: number, name: NameAt | undefined): Token | undefined {
  let best: (() => What) | undefined;
  let reached = at;
  const offer = (end: number | undefined, what: () => What) => {
    if (end === undefined || (best && end <= reached)) return;
    best = what;
    reached = end;
  };
  offer(name?.end, () => ({ type: 'name', named: name!.named }));
  const date = dateAt(masked, at);
  offer(date?.end, () => ({ type: 'date', date: date!.value }));
  const number = isNumeric(text, at);
  const clock = number ? clockAt(text, at) : undefined;
  offer(clock?.end, () => ({ type: 'clock', value: clock!.value }));
  const grade = number || beginsClass(text, at) ? gradeAt(text, at) : undefined;
  offer(grade?.end, () => ({ type: 'grade', value: grade!.value }));
  const count = number || isBeforeBare(text, at - 1) ? countAt(masked, at) : undefined;
  // A known word beats a number of the same length: 一起 is not 一. 堂课 after 讲了 is one lesson.
  const meaning = wordAt(text, at);
  const length = meaning?.word.length ?? 0;
  const bare = meaning !== undefined && count?.value.measure === meaning.word;
  if (meaning && !bare && (!count || length >= count.end - at)) offer(at + length, () => wordToken(meaning));
  if (number || text[at] === '头') offer(ordinalAt(text, at), () => ({ type: 'ordinal' }));
  offer(count?.end, () => ({ type: 'count', count: count!.value }));
  return best && tokenAt(at, reached, text.slice(at, reached), best());
}

/** The meaning of a word in the tables, as a token without its position. */
export function wordToken(meaning: Meaning): What {
  return {
    type: 'word',
    tags: meaning.tags,
    verbs: meaning.verbs,
    nouns: meaning.nouns,
    kind: meaning.kind,
    subject: meaning.subject,
    value: meaning.subject ? (SUBJECT_NAMES[meaning.word] ?? meaning.word) : undefined,
  };
}

/** 新华书店 is not a school. */
const SHOP = /^(?:书店|超市|公司|医院|银行|饭店|酒店|宾馆|派出所|集团)/u;

/** The names of the roster in a text, by their start; of overlapping names the first. */
function namesIn(text: string, roster: NameRoster): Map<number, NameAt> {
  const names = new Map<number, NameAt>();
  for (let at = 0; at < text.length; at += 1) {
    const name = nameAt(
      text,
      at,
      roster,
      (length, named) =>
        (length > 2 || !wordAcross(text, at + 1) || isInFull(text, at, named)) &&
        !SHOP.test(text.slice(at + length, at + length + 3)),
    );
    if (!name || dateAcross(text, at) || weekBefore(text, at)) continue;
    names.set(at, name);
    at = name.end - 1;
  }
  return names;
}

/** In 高原来听课 and 高原校长 a full name wins over 原来 and 原校长, because nobody is called just 高. In 小方明天去 and 提高原来的成绩 it does not. */
const isInFull = (text: string, at: number, { people }: NameMatch): boolean =>
  people.includes(text.slice(at, at + 2)) &&
  !/[小老阿大提升最更很地对双各南北东西前后甲乙四八]/u.test(text[at - 1] ?? '');

/** 本周班主任, 上周老师们: no 周 among them. */
const weekBefore = (text: string, at: number): boolean =>
  text[at] === '周' &&
  /[本上下这每一两几双]$/u.test(text.slice(0, at)) &&
  /^周(?:老师们|班主任|[园校])/u.test(text.slice(at));

/** The text with those names blanked, so that 「11.18 万佑」 is not read as 11.18 万. */
function blotted(text: string, names: Map<number, NameAt>): string {
  let out = text;
  for (const [at, { end }] of names) out = out.slice(0, at) + '□'.repeat(end - at) + out.slice(end);
  return out;
}

/** 三中 inside 周三中午 is not a school: a date begins before the name and reaches into it. */
function dateAcross(text: string, at: number): boolean {
  if (at === 0 || !'周期拜一二三四五六日、'.includes(text[at - 1]!)) return false;
  for (let back = 1; back <= 3 && back <= at; back += 1) {
    const date = dateAt(text, at - back);
    if (date && date.end > at) return true;
  }
  return false;
}

/** 一小 inside 一小时 is not a school: a known word begins in the name and reaches past it. */
function wordAcross(text: string, at: number): boolean {
  const meaning = wordAt(text, at);
  return meaning?.tags.has('plain') === true && /^[^家校]./u.test(meaning.word);
}
