/** Reads a cell according to the kind of its column. */
import type { CellDates, SheetCalendar } from './cell-dates.ts';
import { datesInCell, isDate, spellInCell } from './cell-dates.ts';
import type { BookColumn } from './column.ts';
import { type GridCell, textIn } from './grid.ts';
import { NO_VALUE } from './unpack.ts';

/** The fields that a cell fills, or why it cannot be read. */
export type CellSays = { fields: Record<string, unknown> } | { problem: string };

const LONGEST = 2_000;
const LONGEST_NAME = 40;

export function cellSays(column: BookColumn, cell: GridCell, calendar: SheetCalendar): CellSays {
  const text = textIn(cell);
  if (/^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/.test(text))
    return { problem: `公式出错（${text}），请改成要写的内容 (formula error)` };
  if (text === NO_VALUE) return { problem: '公式还没有算出结果，请打开后重新保存 (formula without a value)' };
  if (text.length > LONGEST) return { problem: `超过 ${LONGEST} 字 (too long)` };
  const result = byKind[column.kind ?? 'text'](column, cell, calendar);
  return 'problem' in result && result.problem === '' ? { problem: unreadable(column, text) } : result;
}

const KIND_NAMES = {
  text: '文字',
  date: '日期',
  dates: '日期',
  number: '数字',
  yes_no: '是或否',
  list: '列表',
  names: '姓名',
  items: '物品',
  skip: '',
};
const unreadable = ({ kind = 'text', words }: BookColumn, text: string): string =>
  words
    ? `“${clip(text)}”不认识，可以写：${Object.keys(words).join('、')} (unknown word)`
    : `不能读作${KIND_NAMES[kind]}：${clip(text)} (cannot be read)`;
const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

const one = (column: BookColumn, value: unknown): CellSays => ({ fields: { [column.key]: value } });
const NOT: CellSays = { problem: '' };

const byKind: Record<
  NonNullable<BookColumn['kind']>,
  (column: BookColumn, cell: GridCell, calendar: SheetCalendar) => CellSays
> = {
  text(column, cell) {
    const text = isDate(cell) ? dayText(cell) : unquoted(textIn(cell));
    if (/^\d(?:\.\d+)?E\+?\d+$/i.test(text))
      return { problem: `被表格软件改成了 ${text}，请把这一列设为文本再填 (a number in scientific notation)` };
    if (column.words) {
      const word = wordOf(column, text);
      return word === undefined ? NOT : one(column, word);
    }
    if (column.key === 'mobile') return one(column, /^\+?[\d\s-]+$/.test(text) ? text.replace(/[\s-]/g, '') : text);
    return NAMED.test(column.key) ? nameIn(column, text) : one(column, text);
  },
  date(column, cell, calendar) {
    const found = datesInCell(cell, calendar);
    if ('dates' in found && found.dates.length === 1) return one(column, found.dates[0]);
    if (column.key === 'from' || column.key === 'to') {
      const spell = spellInCell(cell, column.key, calendar);
      if (Object.keys(spell).length > 0) return { fields: spell };
    }
    return 'doubt' in found ? { problem: found.doubt } : NOT;
  },
  dates(column, cell, calendar): CellSays {
    const text = isDate(cell) ? '' : textIn(cell);
    if (/^(?:[√✓是有]|\d?次|[一二两三]次)$/.test(text))
      return { problem: `只写了“${text}”，请写是哪一天 (which day?)` };
    return ofDates(column, datesInCell(column.month ? inMonth(cell, column.month) : cell, calendar));
  },
  number(column, cell) {
    const number = typeof cell === 'number' ? cell : numberIn(textIn(cell));
    return number === undefined || !Number.isFinite(number) ? NOT : one(column, number);
  },
  yes_no(column, cell) {
    const text = textIn(cell);
    return YES.test(text) ? one(column, true) : NO.test(text) ? one(column, false) : NOT;
  },
  list(column, cell) {
    const parts = split(textIn(cell));
    const words = parts.map((part) => (column.words ? wordOf(column, part) : part));
    return words.includes(undefined) ? NOT : one(column, words);
  },
  names(column, cell) {
    const names = namesIn(textIn(cell));
    const long = names.find((name) => name.length > LONGEST_NAME);
    return long ? { problem: tooLongProblem(long) } : one(column, names);
  },
  items: (column, cell) => one(column, itemsIn(unquoted(textIn(cell)))),
  skip: () => ({ fields: {} }),
};

/** Columns with one name of a person, pupil or school. */
const NAMED = /^(?:name|school|pupil\.school|supporter|recipient|place|to|partner|by\.school|person|pupil)$/;

function nameIn(column: BookColumn, text: string): CellSays {
  const name = tightened(text);
  return name.length > LONGEST_NAME ? { problem: tooLongProblem(name) } : one(column, name);
}
const tooLongProblem = (name: string): string =>
  `名称有 ${name.length} 个字，最多 ${LONGEST_NAME} 个：${name.slice(0, 12)}… (too long)`;

/** 张 三 is 张三: blanks inside Chinese names only align them. */
const tightened = (text: string): string => text.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');

/** Removes the apostrophe that an export puts before text that looks like a formula. */
const unquoted = (text: string): string => text.replace(/^'(?=[=+\-@])/, '');

function wordOf({ words = {}, wordLike = [] }: BookColumn, text: string): string | undefined {
  const compact = text.replace(/\s+/g, '');
  if (words[compact] !== undefined) return words[compact];
  const lower = compact.toLowerCase();
  if (Object.values(words).includes(lower) || wordLike.some(([, word]) => word === lower)) return lower;
  const english = Object.entries(words).find(([word]) => word.toLowerCase() === lower);
  return english?.[1] ?? wordLike.find(([like]) => like.test(compact))?.[1];
}

const split = (text: string): string[] =>
  text
    .split(/[、,，;；\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Several names in one cell, separated by 、 , ; / or blanks; 张 三 is one name, and so is `学校/姓名`. */
function namesIn(text: string): string[] {
  return split(text).flatMap((part) => {
    const slashed = part.split(/[/／]/).map((p) => p.trim());
    const parts =
      slashed.length > 1 && slashed.every((p) => /^\p{Script=Han}{2,4}$/u.test(p) && !/[校学园中小]$/.test(p))
        ? slashed
        : [part];
    return parts.flatMap((p) => {
      const words = p.split(/\s+/);
      const areNames = words.length > 1 && words.every((w) => /^\p{Script=Han}{2,4}$/u.test(w));
      return (areNames ? words : [tightened(p)])
        .map((name) => name.replace(/[（(][^）)]*[）)]$/, '').trim())
        .filter(Boolean);
    });
  });
}

const NUMERALS: Record<string, number> = {
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  半: 0.5,
};

/** 1,200 元, 约 2 节, 1.2 万元, 两节. */
function numberIn(text: string): number | undefined {
  const compact = text.normalize('NFKC').replace(/[\s,]|^[约共计¥￥]+/g, '');
  const found = /^[¥￥]?(\d+(?:\.\d+)?|[一两二三四五六七八九十半])(万|千|百)?\p{Script=Han}{0,3}$/u.exec(compact);
  if (!found) return undefined;
  const base = NUMERALS[found[1]!] ?? Number(found[1]);
  const times = { 万: 10_000, 千: 1_000, 百: 100 }[found[2] ?? ''] ?? 1;
  return Math.round(base * times * 100) / 100;
}

/** 图书100册、书包 20 个; reads exported cells back unchanged. */
function itemsIn(text: string): { name: string; qty?: number; unit?: string }[] {
  return split(text).map((part) => {
    const found = /^(.*?\D)\s*[x×*]?\s*(\d[\d,]*(?:\.\d+)?)\s*(\p{L}{0,4})$/u.exec(part.normalize('NFKC'));
    if (!found) return { name: part };
    const unit = found[3];
    return { name: found[1]!.trim(), qty: Number(found[2]!.replace(/,/g, '')), ...(unit && { unit }) };
  });
}

/** In a month's column, 18日 and 3、17 are days of that month. */
function inMonth(cell: GridCell, month: number): GridCell {
  if (isDate(cell) || !/^\d{1,2}[日号]?(?:[、,，;\s]+\d{1,2}[日号]?)*$/.test(textIn(cell))) return cell;
  return textIn(cell)
    .split(/[、,，;\s]+/)
    .map((day) => `${month}月${day}`)
    .join('、');
}

const YES = /^(是|有|true|yes|y|1|√|✓|对|补报)$/i;
const NO = /^(否|无|false|no|n|0|×|不是)$/i;

function ofDates(column: BookColumn, found: CellDates): CellSays {
  if ('doubt' in found) return { problem: found.doubt };
  if ('range' in found) return { fields: { [column.key]: found.range.start, date_to: found.range.end } };
  return { fields: found.dates.length === 1 ? { [column.key]: found.dates[0] } : { dates: found.dates } };
}

function dayText(date: Date): string {
  const found = datesInCell(date, { today: '', terms: [] });
  return 'dates' in found ? found.dates[0]! : '';
}
