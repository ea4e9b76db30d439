import type { Unit } from '../tables/school.ts';
import { unitAt } from './lexicon.ts';
import { hanNumber, numberAt } from './numerals.ts';

/** A value with its position in the text. */
export interface Spot<T> {
  value: T;
  end: number;
}

const H = '[一二三四五六七八九十两]{1,3}';
const CLOCK = new RegExp(
  `(\\d{1,2})[:](\\d{2})|(\\d{1,2}|${H})点(半|一刻|三刻|整|(?:\\d{1,2}|${H})分?)?(?:钟|多)?(?!建议|意见|要求|收获|体会|点|子|名|评|没有?[变错]|都?[不没]|也|儿|也没)`,
  'y',
);
const GRADES: RegExp[] = [
  /((?:[一二三四五六七八九1-9][、,和]?){1,4})年级/y,
  /([一二三四五六七八九1-9])\(\d{1,2}\)班/y,
  /([六七八九])(?:\d{1,2}|[一二三四五六七八九十]{1,2})班/y,
  // 七1, 八(2): the class without 班.
  /(?<![一二三四五六七八九十百第周期拜月\d])([七八九])(?:\([1-9]\)|[1-9](?![\d.:/点节次月日号个名位本台套元块人条份年级周天]))/y,
  /([初高][一二三](?!中)|[大中小]班(?!化|额|长)|学前班)/y,
];
const ORDINAL =
  /第 ?(?:\d{1,3}|[一二三四五六七八九十几]{1,3})(?:[、,和到至-](?:第)?(?:\d{1,3}|[一二三四五六七八九十]{1,3}))*/y;
const HAN_DIGITS = ' 一二三四五六七八九';

/** A clock time as HH:MM, exactly as said; the part of the day is a separate word. */
export function clockAt(text: string, at: number): Spot<string> | undefined {
  CLOCK.lastIndex = at;
  const found = CLOCK.exec(text);
  if (!found) return undefined;
  const hour = value(found[1] ?? found[3]!);
  const minute = found[2] ? Number(found[2]) : minutes(found[4]);
  if (hour > 24 || minute > 59) return undefined;
  return { value: `${pad(hour)}:${pad(minute)}`, end: CLOCK.lastIndex };
}

function minutes(said: string | undefined): number {
  if (!said || said === '整') return 0;
  return { 半: 30, 一刻: 15, 三刻: 45 }[said] ?? value(said.replace('分', ''));
}

function value(said: string): number {
  return /^\d+$/u.test(said) ? Number(said) : (hanNumber(said) ?? 0);
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}

/** 七年级, 7年级, 七(2)班, 八3班, 初二, 大班: the grade, with Chinese numerals. */
export function gradeAt(text: string, at: number): Spot<string> | undefined {
  for (const pattern of GRADES) {
    pattern.lastIndex = at;
    const said = pattern.exec(text)?.[1];
    if (!said) continue;
    if (/[初高班]/u.test(said)) return { value: said, end: pattern.lastIndex };
    const grades = [...said.replaceAll(/[、,和]/gu, '')].map((char) => HAN_DIGITS[Number(char)] ?? char);
    return { value: grades.map((grade) => `${grade}年级`).join('、'), end: pattern.lastIndex };
  }
  return undefined;
}

/** 第3次, 第二单元: an ordinal with its measure word, never a count. */
export function ordinalAt(text: string, at: number): number | undefined {
  if (text[at] !== '第') return /^头一[节堂次个]/u.test(text.slice(at, at + 3)) ? at + 3 : listedLessons(text, at);
  ORDINAL.lastIndex = at;
  if (!ORDINAL.exec(text)) return undefined;
  const end = ORDINAL.lastIndex;
  return end + (unitAt(text, end)?.word.length ?? 0);
}

const LISTED = /(?:\d|[一二三四五六七八])(?:[、,](?:\d|[一二三四五六七八]))+节(?!课?[,。]?共)/y;

/** The same without a separator, after 上午 or 下午. */
const RUN_ON = /(?:\d|[一二三四五六七八])(?:[、,]?(?:\d|[一二三四五六七八]))+节(?!课?[,。]?共)/y;

/** 上午3、4节: lessons of the timetable, not a count. */
function listedLessons(text: string, at: number): number | undefined {
  const pattern = /[上下]午$|早上$|晚上$/u.test(text.slice(Math.max(0, at - 2), at)) ? RUN_ON : LISTED;
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

export interface Count {
  n: number | undefined;
  unit?: Unit;
  measure?: string;
}

const BARE = /^(?:次|回|趟|场|节|堂|节课|堂课|个电话|通电话|个视频|次课|次话|次心|次电话)$/u;
const BARE_GOODS = /^(?:本|台|套|箱|批|张|副|双|件|床|架|把|支|辆)$/u;

/** A number with its measure word; a bare measure word after 了 or 过 (上了节课) counts one. */
export function countAt(text: string, at: number): Spot<Count> | undefined {
  const number = numberAt(text, at);
  if (!number) {
    const found = /[了过打]/u.test(text[at - 1] ?? '') ? unitAt(text, at) : undefined;
    const bare = found && (BARE.test(found.word) || (BARE_GOODS.test(found.word) && /[了过]/u.test(text[at - 1]!)));
    return bare ? { value: { n: 1, unit: found.unit, measure: found.word }, end: at + found.word.length } : undefined;
  }
  const next = text[number.end] === ' ' ? number.end + 1 : number.end;
  // 三大包: the size comes between.
  const start = /[大小满整]/u.test(text[next] ?? '') && unitAt(text, next + 1)?.unit === 'goods' ? next + 1 : next;
  const unit = unitAt(text, start);
  // 18号家访: 家 is not a measure word there; a long number does not count people.
  const none = unit?.word === '家' && (/^[访长里庭校属]/u.test(text.slice(start + 1)) || (number.n ?? 0) > 999);
  // 11.13家访 is a date, not 11.13 families.
  const broken =
    number.n !== undefined &&
    number.n !== 0.5 &&
    !Number.isInteger(number.n) &&
    /^(?:times|lessons|persons|label)$/u.test(unit?.unit ?? '');
  const n =
    number.approx && /^(?:times|lessons|label|days|weeks|months|duration)$/u.test(unit?.unit ?? 'label')
      ? undefined
      : number.n;
  if (!unit || broken || none) return { value: { n }, end: number.end };
  let end = start + unit.word.length;
  // 五百块 is money, 五块黑板 is goods: the next character decides.
  if (unit.unit === 'money' && text[end] === '钱') end += 1;
  const money = unit.word === '块' && (n ?? 0) >= LEAST_CASH && YUAN.test(text.slice(end));
  return { value: { n: scaled(n, unit.word), unit: money ? 'money' : unit.unit, measure: unit.word }, end };
}

/** 捐了一千块, 五万块维修款, 三千块助学金: so many pieces of nothing, or for something, are yuan. */
const YUAN = /^(?:$|\P{Script=Han}|[昨今前给捐转交都也到已钱]|\p{Script=Han}{0,6}[款金])/u;
const LEAST_CASH = 100;

function scaled(n: number | undefined, word: string): number | undefined {
  if (n === undefined) return undefined;
  if (/^(?:万|万元|万块)$/u.test(word)) return n * 10_000;
  return word === '千元' ? n * 1000 : word === '百元' ? n * 100 : n;
}
