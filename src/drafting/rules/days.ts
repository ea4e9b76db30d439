/** Words for days and months: by when, from when to when, in which months. */
import type { PeriodSpec } from '../../plan/plan.ts';
import { FEASTS } from './feasts.ts';
import type { PeriodRule, Rule } from './rule.ts';

const NUMBER = '1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元]';
const MONTH = `(${NUMBER})月份?`;
/** Excludes the month of a date: 9月10日. */
const NO_DAY = '(?!\\d{1,2}[日号]|[一二三四五六七八九十]{1,3}[日号])';
const BEFORE = '(?:之?前|以前|截止|为止)';
const NEXT = '(?:次年|翌年|第二年|明年|\\d{4}年)?';
const HAN = '零一二三四五六七八九十';

const month = (text: string): number => (text === '元' ? 1 : /\d/.test(text) ? Number(text) : hanSmall(text));
const hanSmall = (text: string): number => (text.length === 1 ? HAN.indexOf(text) : 10 + HAN.indexOf(text[1]!));
const two = (n: number): string => String(n).padStart(2, '0');
const LAST = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const due = (m: number, d = LAST[m - 1]!): PeriodSpec | undefined =>
  m >= 1 && m <= 12 && d >= 1 && d <= LAST[m - 1]! ? { due: `${two(m)}-${two(d)}` } : undefined;
const windowOf = (from: number, to: number): string => `${two(from)}-01..${two(to)}-${two(LAST[to - 1]!)}`;
/** A plan's year runs from September: 11月至次年1月 goes forward, 8月至10月 does not. */
const forward = (windows: string[]): PeriodSpec | undefined => {
  const place = (day: string) => ((Number(day.slice(0, 2)) + 3) % 12) * 100 + Number(day.slice(3));
  return windows.every((w) => place(w.slice(0, 5)) <= place(w.slice(7))) ? { windows } : undefined;
};

/** The life of the plan itself, when nothing is due. Its groups are the years and months. */
export const LIFE: Rule = {
  name: 'how long the plan runs',
  says: '2026年9月1日至2029年7月',
  when: /(20\d{2})年(\d{1,2})月(?:\d{1,2}日)?起?[至到-](20\d{2})年(\d{1,2})月(?:\d{1,2}日)?止?/,
};
const SHORTEST_LIFE_IN_MONTHS = 9;

/** A text in which blanks replace the plan's life. */
export const withoutLife = (text: string): string =>
  text.replace(new RegExp(LIFE.when, 'g'), (match, year, month, lastYear, lastMonth) => {
    const months = (Number(lastYear) - Number(year)) * 12 + Number(lastMonth) - Number(month);
    return months >= SHORTEST_LIFE_IN_MONTHS ? ' '.repeat(match.length) : match;
  });

/** The first rule that matches at a place wins. */
export const DAYS: PeriodRule[] = [
  {
    name: 'from day to day',
    says: '4月10日至20日',
    when: new RegExp(`${MONTH}(\\d{1,2})[日号]?[至到-]${NEXT}(?:${MONTH})?(\\d{1,2})[日号]`),
    gives: ([, m, d, m2, d2]) => {
      const [start, end] = [due(month(m!), Number(d)), due(month(m2 ?? m!), Number(d2))];
      if (!start || !end) return undefined;
      const day = (spec: PeriodSpec) => (spec as { due: string }).due;
      return forward([`${day(start)}..${day(end)}`]);
    },
  },
  {
    name: 'windows of months',
    says: '3至5月和10至12月',
    when: new RegExp(
      `(${NUMBER})月?份?[至到-]${NEXT}(${NUMBER})月份?${NO_DAY}(?:[和、及与,]+(${NUMBER})月?份?[至到-](${NUMBER})月份?)?`,
    ),
    gives: ([, a, b, c, d]) => {
      const ends = [a, b, c, d].filter((x) => x !== undefined).map(month);
      return forward([windowOf(ends[0]!, ends[1]!), ...(ends.length > 2 ? [windowOf(ends[2]!, ends[3]!)] : [])]);
    },
  },
  {
    name: 'months named',
    says: '3月、5月和9月',
    when: new RegExp(`(?:(?:${NUMBER})月?份?[和、及与]){1,7}${MONTH}${NO_DAY}(?!月?[底末前上中下])`),
    gives: ([all]) => ({
      windows: [...all.matchAll(new RegExp(NUMBER, 'g'))].map(([m]) => windowOf(month(m), month(m))),
    }),
  },
  {
    name: 'one of two months',
    says: '5月或6月',
    when: new RegExp(`(${NUMBER})月?份?或${MONTH}${NO_DAY}`),
    gives: ([, a, b]) => forward([windowOf(month(a!), month(b!))]),
  },
  {
    name: 'by a day',
    says: '6月20日前',
    when: new RegExp(`${MONTH}(\\d{1,2})[日号]${BEFORE}`),
    gives: ([, m, d]) => due(month(m!), Number(d)),
  },
  {
    name: 'by the end of a month',
    says: '9月底前',
    when: new RegExp(`${MONTH}(?:月?底|末)${BEFORE}?`),
    gives: ([, m]) => due(month(m!)),
  },
  {
    name: 'before a month',
    says: '10月前',
    when: new RegExp(`${MONTH}${BEFORE}`),
    gives: ([, m]) => due(month(m!) === 1 ? 12 : month(m!) - 1),
  },
  {
    name: 'by the tenth',
    says: '12月上旬前',
    when: new RegExp(`${MONTH}([上中下])旬${BEFORE}?`),
    gives: ([, m, part]) => due(month(m!), { 上: 10, 中: 20 }[part!]),
  },
  {
    name: 'on a day',
    says: '9月10日',
    when: new RegExp(`${MONTH}(\\d{1,2})[日号]`),
    gives: ([, m, d]) => due(month(m!), Number(d)),
  },
  ...FEASTS,
  {
    name: 'end of the year',
    says: '年底前',
    when: new RegExp(`(?:当年|每年|本年)?(?<!学)年(?:底|末|终)${BEFORE}?`),
    gives: () => ({ due: '12-31' }),
  },
  {
    name: 'end of the school year',
    says: '学年末',
    when: /(?:每)?学年(?:末|结束(?:时|前|后)?|终了)/,
    gives: () => ({ due: '08-31' }),
    doubt: '学年末按 8 月 31 日前',
  },
];

export const MONTH_ALONE: PeriodRule = {
  name: 'one month',
  says: '10月份',
  when: new RegExp(`(?<![\\d至到-])${MONTH}${NO_DAY}`),
  gives: ([, m]) => ({ month: month(m!) }),
};
