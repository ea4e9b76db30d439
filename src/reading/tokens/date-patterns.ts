import type { DateAt, DateSaid } from './dates.ts';
import { hanNumber } from './numerals.ts';

const H = '[一二三四五六七八九十廿]{1,3}';
const N = `(\\d{1,2}|${H})`;
const WEEK = '周|星期|礼拜';
const AWAY: Record<string, number> = {
  上上: -2,
  上: -1,
  本: 0,
  这: 0,
  这一: 0,
  下: 1,
  下下: 2,
  上一: -1,
  下一: 1,
  当: 0,
  该: 0,
  上个: -1,
  下个: 1,
  这个: 0,
  上上个: -2,
  下下个: 2,
};
const PRE = '(上上个?|下下个?|上一?个?|下一?个?|本|这一?个?)';
const NOT_DATE =
  /^(?:万|元|块|小时|分钟|分|h(?![a-z])|km|kg|个|米|公里|千米|%|倍|斤|节|次|千|年级|班|课|单元|天|周|人|名|台|本|道|题|\d)/u;
const NOT_DAY =
  /^(?:楼|教室|考场|线|机|文件|柜|房|院|厅|门|公告|通知|游|三餐|车|场|桌|店|令|学生|同学|选手|电池|店|字|签)/u;

type Maker = (found: RegExpExecArray, text: string, end: number) => DateSaid | DateAt | undefined;

// chrono-node's Chinese parser knows neither 上上周, lists such as 三号、十号, 5号 without a month, nor which side of today is meant;
// bench/reading.ts compares it with these. Patterns are grouped by their first character, for speed.
const FROM_EITHER: [RegExp, Maker][] = [
  [
    new RegExp(`(今年|去年|前年|明年)?${N}月(?:份的?)?${N}[日号]`, 'y'),
    (f, text, end) => (NOT_DAY.test(text.slice(end, end + 3)) ? undefined : yearly(f)),
  ],
  [new RegExp(`(今年|去年|前年|明年)?${N}月(\\d{1,2})(?!\\d|[个节次堂天年月人名台本场位])`, 'y'), (f) => yearly(f)],
  [
    new RegExp(`(?:今年|去年)?${N}月(?:份)?(初|中旬|底|上旬|下旬|末|中)?(?!考)`, 'y'),
    (f) => (isMonth(num(f[1]!)) ? { said: 'month', month: num(f[1]!), vague: Boolean(f[2]) } : undefined),
  ],
];

/** Dates that begin with a number: 11月4日, 11.13, 三号、十号, 3天前. */
export const FROM_NUMBER: [RegExp, Maker][] = [
  [/(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?!\d)/y, (f) => monthDay(Number(f[2]), Number(f[3]), Number(f[1]))],
  [/(20\d\d)(\d\d)(\d\d)(?!\d)/y, (f) => monthDay(Number(f[2]), Number(f[3]), Number(f[1]))],
  [
    /([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]/y,
    (f) => monthDay(num(f[2]!), num(f[3]!), num(f[1]!)),
  ],
  [
    new RegExp(
      `(?:${N}月)?${N}(?:[日号]?(?:、|,|和|及|与|以及) ?(?!\\d+[日号]?[上下])${N}(?![年月周节次个]))+[日号]`,
      'y',
    ),
    dayList,
  ],
  // 10月21、28还有今天.
  [/(\d{1,2})月(\d{1,2})(?:[、,和](\d{1,2}))+(?![\d日号年月周节次个人名本台套位天.])/y, dayList],
  [new RegExp(`(?:${N}月(?:份)?的?)?${N}[日号]?(?:-|~|到|至)${N}[日号]`, 'y'), daySpan],
  [/(\d{1,2})[./](\d{1,2})[日号]?(?![\d.:])/y, (f, text, end) => bareMonthDay(f, text, end)],
  [/(\d{1,2})-(\d{1,2})[日号]?(?![\d\-:])/y, (f, text, end) => dashMonthDay(f, text, end)],
  [new RegExp(`${N}[号]|(\\d{1,2})日|(${H})日`, 'y'), (f, text, end) => loneDay(f, text, end)],
  [/(?:大概|大约)?(\d{1,3}|[一二两三四五六七八九十]{1,2})天(?:之|以)?前/y, (f) => ago(f[1]!, -1)],
  [/(\d{1,3}|[一二两三四五六七八九十]{1,2})天(?:之|以)?后/y, (f) => ago(f[1]!, 1)],
  [new RegExp(`(?:\\d|[一二两三四五六])个?(?:${WEEK}|月)(?:之|以)?前`, 'y'), () => ({ said: 'vague' })],
  [new RegExp(`(?:\\d|[一二两三四五六])个?(?:${WEEK}|月)(?:之|以)?后`, 'y'), () => ({ said: 'later' })],
  ...FROM_EITHER,
];

/** Dates that begin with a word: 上周二, 周一三五, 上个月5号, 每周三. */
export const FROM_WORD: [RegExp, Maker][] = [
  [new RegExp(`(上上个?|上个?|本|这个?|下个?|当)月的?${N}[日号]`, 'y'), (f) => dayOf(num(f[2]!), AWAY[f[1]!])],
  [
    new RegExp(
      `${PRE}?(?:的)?(?:${WEEK})([一二三四五六日天1-7](?:[、,和及与]?(?:${WEEK})?[一二三四五六日天1-7])*)`,
      'y',
    ),
    weekdays,
  ],
  [new RegExp(`${PRE}?(?:${WEEK})末`, 'y'), (f) => ({ said: 'weekend', weeksAway: f[1] ? AWAY[f[1]] : undefined })],
  [new RegExp(`${PRE}(?:${WEEK})(?!年)`, 'y'), (f) => ({ said: 'week', weeksAway: AWAY[f[1]!] ?? 0 })],
  [
    new RegExp(`${PRE}月(?:份)?(初|中旬|底|上旬|下旬|末|中)?(?!考)`, 'y'),
    (f) => ({ said: 'month', monthsAway: AWAY[f[1]!] ?? 0, vague: Boolean(f[2]) }),
  ],
  [new RegExp(`第(?:\\d{1,2}|[一二三四五六七八九十]{1,3})(?:个)?(?:${WEEK})`, 'y'), () => ({ said: 'vague' })],
  [
    /每(?:个)?(?:周|星期|礼拜)[一二三四五六日天](?:[、和至到-]?(?:周|星期)?[一二三四五六日天])*/y,
    () => ({ said: 'vague' }),
  ],
  // 上週五, for writers who mix traditional and simplified characters.
  [
    /(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs?|rsday|urday)?(?![a-z])/y,
    (f, text) =>
      /[a-z]/u.test(text[f.index - 1] ?? '')
        ? undefined
        : { said: 'weekday', weekday: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(f[1]!) + 1 },
  ],
  ...FROM_EITHER,
];

function num(said: string): number {
  return /^\d+$/u.test(said) ? Number(said) : (hanNumber(said.replace('廿', '二十')) ?? 0);
}

const isMonth = (n: number): boolean => n >= 1 && n <= 12;

function monthDay(month: number, day: number, year?: number): DateSaid | undefined {
  if (!isMonth(month) || day < 1 || day > 31) return undefined;
  return { said: 'month_day', month, day, year };
}

function yearly(found: RegExpExecArray): DateSaid | undefined {
  const said = monthDay(num(found[2]!), num(found[3]!));
  if (said?.said !== 'month_day' || !found[1] || found[1] === '今年') return said;
  return { ...said, year: { 去年: -1, 前年: -2, 明年: 1 }[found[1]] };
}

function dayOf(day: number, monthsAway?: number): DateSaid | undefined {
  return day >= 1 && day <= 31 ? { said: 'day_of_month', day, monthsAway } : undefined;
}

function bareMonthDay(found: RegExpExecArray, text: string, end: number): DateSaid | undefined {
  if (NOT_DATE.test(text.slice(end, end + 3)) || /[\d./%价值约共]/u.test(text[found.index - 1] ?? '')) return undefined;
  return monthDay(Number(found[1]), Number(found[2]));
}

function dashMonthDay(found: RegExpExecArray, text: string, end: number): DateSaid | undefined {
  const plain = Number(found[2]) >= 10 || Number(found[1]) >= 10 || found.index === 0;
  return plain ? bareMonthDay(found, text, end) : undefined;
}

function loneDay(found: RegExpExecArray, text: string, end: number): DateSaid | undefined {
  if (NOT_DAY.test(text.slice(end, end + 3)) || text[found.index - 1] === '第') return undefined;
  return dayOf(num(found[1] ?? found[2] ?? found[3]!));
}

function dayList(found: RegExpExecArray): DateSaid | undefined {
  // 一、21日送教: the number of an item.
  if (/^[一二三四五六七八九十]、\d/u.test(found[0])) return undefined;
  const numbers = [...found[0].replace(/^.*月/u, '').matchAll(new RegExp(N, 'gu'))].map((match) => num(match[1]!));
  const month = found[1] ? num(found[1]) : undefined;
  const parts = numbers.map((day) => (month ? monthDay(month, day) : dayOf(day)));
  return parts.every((part) => part !== undefined) ? { said: 'list', parts } : undefined;
}

function daySpan(found: RegExpExecArray): DateSaid | undefined {
  const month = found[1] ? num(found[1]) : undefined;
  const [from, to] = [num(found[2]!), num(found[3]!)].map((day) => (month ? monthDay(month, day) : dayOf(day)));
  return from && to ? { said: 'span', from, to } : undefined;
}

function ago(said: string, sign: number): DateSaid | undefined {
  const days = num(said.replace('两', '二'));
  return days > 0 ? { said: 'day', offset: sign * days } : undefined;
}

/** 周三, 上周二, 周一三五, 周一、周三. 「周一一节课」 is one day: digits before a measure word belong to the count. */
function weekdays(found: RegExpExecArray, text: string, end: number): DateAt | undefined {
  let run = found[2]!;
  let stop = end;
  if (
    run === '一' &&
    !/[从自打由]$/u.test(text.slice(0, found.index)) &&
    /^[起同边样定直共块些并路会方]/u.test(text.slice(end))
  )
    return undefined;
  while (
    run.length > 1 &&
    (/^[节堂次个位场回名台本年班号月日点]/u.test(text[stop] ?? '') ||
      (run.endsWith('一') && /^[起同边样定直共块些并路会方]/u.test(text[stop] ?? '')) ||
      !/[一二三四五六日天1-7]$/u.test(run))
  ) {
    run = run.slice(0, -1).replace(/(?:周|星期|礼拜|[、,和及与])+$/u, '');
    stop = text.indexOf(run, found.index) + run.length;
  }
  const days = [...run.replaceAll(/星期|礼拜/gu, '')].map(weekday).filter((day) => day > 0);
  if (days.length > 1 && days.some((day, k) => k > 0 && day <= days[k - 1]!)) {
    stop = text.indexOf(run, found.index) + 1;
    days.length = 1;
  }
  const weeksAway = found[1] ? AWAY[found[1]] : undefined;
  const parts = days.map((day): DateSaid => ({ said: 'weekday', weekday: day, weeksAway }));
  return { value: parts.length === 1 ? parts[0]! : { said: 'list', parts }, end: stop };
}

function weekday(char: string): number {
  if (/[1-7]/u.test(char)) return Number(char);
  return char === '天' ? 7 : '一二三四五六日'.indexOf(char) + 1;
}
