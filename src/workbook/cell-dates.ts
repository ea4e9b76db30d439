/** Reads dates as people write them in cells. A doubtful one returns the reason instead of a date. */
import { dayAt } from '../plan/clock.ts';
import { isYmd, type Range, type Ymd } from '../plan/dates.ts';
import type { GridCell } from './grid.ts';

/** What gives a date its missing year: the programme's terms and today. */
export interface SheetCalendar {
  today: Ymd;
  terms: Range[];
  /** Days to add to a serial number: 1462 if the workbook counts from 1904, as old Macs did. */
  shift?: number;
}
export type CellDates = { dates: Ymd[] } | { range: Range } | { doubt: string };

/** Excel's day numbers: 1 is 1900-01-01, and its calendar has a 29 February in that year, which never existed. */
const EXCEL_ZERO = Temporal.PlainDate.from('1899-12-30');
/** Serial numbers from 1954 to 2064; smaller numbers are counts, not days. */
const SERIALS = [20_000, 60_000] as const;

export const isDate = (cell: GridCell): cell is Date => typeof cell === 'object' && cell !== null && 'getTime' in cell;

/** One day, or several, or a range of days. */
export function datesInCell(cell: GridCell, calendar: SheetCalendar): CellDates {
  if (isDate(cell)) {
    const day = ofInstant(cell);
    return day ? { dates: [day] } : NONE;
  }
  if (typeof cell === 'number') return ofNumber(cell, calendar.shift);
  const text = plain(String(cell ?? ''));
  if (/^\d{5}$/.test(text) || /^\d{5}\.\d+$/.test(text)) return ofNumber(Number(text), calendar.shift);
  const parts = text.split(/[、,;\n]+/).filter((part) => part !== '');
  const found: Ymd[] = [];
  for (const part of parts) {
    const ends = rangeIn(part, calendar, found.at(-1));
    if (!ends) return NONE;
    if (ends.start !== ends.end && parts.length > 1)
      return { doubt: '一格里既有几天又有起止，请分成几行 (a list and a range in one cell)' };
    if (ends.start !== ends.end) return ends.end < ends.start ? NONE : { range: ends };
    found.push(ends.start);
  }
  return found.length > 0 ? { dates: found } : NONE;
}

const NONE = { doubt: '' };

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[〇零一二三四五六七八九十]+(?=[年月日号])/g, chinese)
    .replace(/[（(][^）)]*[）)]|(?:星期|周)[一二三四五六日天]/g, '')
    .replace(/[上下]午|早上|晚上|(?:T|\s)\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/g, '')
    .replace(/[ \t\r]+/g, '')
    .trim();

const DIGITS = '零一二三四五六七八九';
/** 二〇二六, 九, 十, 十二, 二十三. */
function chinese(text: string): string {
  const digits = text.replace(/〇/g, '零');
  if (!digits.includes('十')) return [...digits].map((d) => DIGITS.indexOf(d)).join('');
  const [tens = '', ones = ''] = digits.split('十');
  return String((tens ? DIGITS.indexOf(tens) : 1) * 10 + (ones ? DIGITS.indexOf(ones) : 0));
}

function ofInstant(date: Date): Ymd | undefined {
  const ms = date.getTime();
  if (!Number.isFinite(ms)) return undefined;
  // Serial numbers are floats: midnight may come out slightly early.
  return dayAt(ms + 500, 'UTC');
}

function ofNumber(n: number, shift = 0): CellDates {
  if (n >= SERIALS[0] && n < SERIALS[1]) return { dates: [EXCEL_ZERO.add({ days: Math.floor(n) + shift }).toString()] };
  if (Number.isInteger(n) && n > 19_000_000 && n < 21_000_000) {
    const day = ymd(Math.floor(n / 10_000), Math.floor(n / 100) % 100, n % 100);
    return day ? { dates: [day] } : NONE;
  }
  if (n > 1 && n < 13 && !Number.isInteger(n))
    return { doubt: `${n} 被存成了数字，可能是 ${n} 也可能是 ${n}0，请写成“9月3日” (a number, not a date)` };
  return NONE;
}

const FULL = /^(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const SHORT = /^(\d{1,2})[月./](\d{1,2})[日号]?$/;
const DAY = /^(\d{1,2})[日号]?$/;

/** `2026.11.2-6`, `11.2-11.6`, `11月2日至6日`: the first and the last day, which may be the same. */
function rangeIn(text: string, calendar: SheetCalendar, before?: Ymd): Range | undefined {
  const oneDay = dayOf(text, calendar, before);
  if (oneDay) return { start: oneDay, end: oneDay };
  for (const cut of text.matchAll(/至|到|—+|-+|~|–|―/g)) {
    const start = dayOf(text.slice(0, cut.index), calendar, before);
    const end = start && dayOf(text.slice(cut.index + cut[0].length), calendar, start);
    if (start && end) return { start, end };
  }
  return undefined;
}

const MONTH = /^(\d{4})[-/.年](\d{1,2})月?$/;
const SCHOOL_YEAR = /^(\d{4})[-/—~至到]+(\d{4})学?年度?$/;

/** A day, the first and last day of a month, or September to August for `2026—2027学年`. */
function monthsIn(text: string, calendar: SheetCalendar, before?: Ymd): Range | undefined {
  const day = dayOf(text, calendar, before);
  if (day) return { start: day, end: day };
  const [, year, month] = MONTH.exec(text) ?? [];
  const start = month && ymd(year!, month, 1);
  if (start) return { start, end: Temporal.PlainDate.from(start).add({ months: 1 }).subtract({ days: 1 }).toString() };
  const [, first, last] = SCHOOL_YEAR.exec(text) ?? [];
  return Number(last) === Number(first) + 1 ? { start: `${first}-09-01`, end: `${last}-08-31` } : undefined;
}

/**
 * The days on which something holds: `2026.9-2027.7`, `2026—2027学年`. A month alone, `2026年9月起`, is its beginning, or in a column
 * of last days its end.
 */
export function spellInCell(
  cell: GridCell,
  key: 'from' | 'to',
  calendar: SheetCalendar,
): Partial<Record<'from' | 'to', Ymd>> {
  const text = plain(String(cell ?? '')).replace(/(?:起|开始|至今|止|为止)$/, '');
  const one = monthsIn(text, calendar);
  if (one && MONTH.test(text)) return key === 'from' ? { from: one.start } : { to: one.end };
  const spells = [...text.matchAll(/至|到|—+|-+|~|–|―/g)].flatMap((cut): Range[] => {
    const from = monthsIn(text.slice(0, cut.index), calendar);
    const to = from && monthsIn(text.slice(cut.index + cut[0].length), calendar, from.start);
    return from && to && from.start <= to.end ? [{ start: from.start, end: to.end }] : [];
  });
  const spell = one ?? spells[0];
  if (!spell) return {};
  return key === 'from' ? { from: spell.start, to: spell.end } : { to: spell.end };
}

/** One day; a missing year or month is that of `before`, if given. */
function dayOf(text: string, calendar: SheetCalendar, before?: Ymd): Ymd | undefined {
  const full = FULL.exec(text) ?? COMPACT.exec(text);
  if (full) return ymd(full[1]!.length === 2 ? 2000 + Number(full[1]) : Number(full[1]), full[2]!, full[3]!);
  const short = SHORT.exec(text);
  if (short && before) {
    const same = ymd(before.slice(0, 4), short[1]!, short[2]!);
    return same && same < before ? ymd(Number(before.slice(0, 4)) + 1, short[1]!, short[2]!) : same;
  }
  if (short) return inTerm(short[1]!, short[2]!, calendar);
  const day = before && DAY.exec(text);
  return day ? ymd(before.slice(0, 4), before.slice(5, 7), day[1]!) : undefined;
}

/** Adds the year to a day: in this term or an earlier one if possible, otherwise the latest such day before the next month. */
function inTerm(month: string, day: string, { today, terms }: SheetCalendar): Ymd | undefined {
  const year = Number(today.slice(0, 4));
  const days = [year + 1, year, year - 1].map((y) => ymd(y, month, day)).filter((d) => d !== undefined);
  const current = terms.filter((t) => t.start <= today).sort((a, b) => (a.start < b.start ? 1 : -1));
  for (const term of current.slice(0, 2)) {
    const found = days.find((d) => term.start <= d && d <= term.end);
    if (found) return found;
  }
  const soon = Temporal.PlainDate.from(today).add({ days: 31 }).toString();
  return days.find((d) => d <= soon);
}

function ymd(year: string | number, month: string | number, day: string | number): Ymd | undefined {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isYmd(text) ? text : undefined;
}
