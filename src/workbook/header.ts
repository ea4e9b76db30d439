/** Finds a sheet's header and which list is under it, by its columns rather than the sheet's name. */
import type { BookColumn, SheetPlan } from './column.ts';
import { filled, type Grid, type GridCell, textIn } from './grid.ts';
import { LEDGER_SHEET } from './ledger-sheet.ts';
import { SHEETS } from './sheets.ts';

export interface Header {
  plan: SheetPlan;
  /** The column of each cell; undefined if the title is unknown. */
  columns: (BookColumn | undefined)[];
  titles: string[];
  /** The header's first row and the first row below it, from 0. */
  from: number;
  to: number;
  /** The text above it, with the names of sheet and file. */
  above: string;
}

/** How many rows are searched for a header. */
const DEEPEST = 15;
const LONGEST_TITLE = 24;

const plain = (s: string): string =>
  s
    .normalize('NFKC')
    .replace(/[\s*:]/g, '')
    .toLowerCase();

const named = (names: (string | undefined)[], title: string): boolean => names.some((n) => n && plain(n) === title);

/** The list that a sheet is named after. */
const planNamed = (sheet: string): SheetPlan | undefined =>
  SHEETS.find((s) => named([s.list, s.zh, ...(s.also ?? [])], plain(sheet)));

/** The header of a sheet; undefined if no list is recognised. `file` is the file's name without its extension. */
export function headerOf({ sheet, rows, merges }: Grid, file: string): Header | undefined {
  const across = (r: number): string[] => {
    const cells = (rows[r] ?? []).map(textIn);
    for (const m of merges)
      if (m.top <= r && r <= m.bottom)
        for (let c = m.left + 1; c <= m.right && c < cells.length; c++) if (!cells[c]) cells[c] = cells[m.left]!;
    return cells;
  };
  const planOfName = planNamed(sheet);
  let best: (Header & { score: number }) | undefined;
  const deepest = Math.min(rows.length, DEEPEST);
  for (let from = 0; from < deepest; from++) {
    const first = across(from);
    if (!first.some((t) => t !== '')) continue;
    const above = [...rows.slice(0, from).map((row) => [...new Set(row.map(textIn))].join(' ')), sheet, file].join(
      '\n',
    );
    const spans = merges.some((m) => m.top === from && m.bottom <= from + 1 && new Set(first).size > 2);
    for (const titles of [first, spans ? doubled(first, across(from + 1)) : undefined]) {
      if (!titles) continue;
      // Sheets of an exported ledger are named after a kind, which may be the name of a list too: 帮扶名单.
      const plans = isExported(titles) ? [LEDGER_SHEET] : planOfName ? [planOfName] : SHEETS;
      for (const plan of plans) {
        const columns = columnsOf(plan, titles);
        const score = scoreOf(plan, columns, titles, plan === planOfName, above) + (titles === first ? 0 : 0.5);
        if (score > (best?.score ?? 0.5))
          best = { plan, columns, titles, from, to: from + (titles === first ? 1 : 2), above, score };
      }
    }
  }
  return best;
}

/** Whether these are the titles of an exported ledger. */
const isExported = (titles: string[]): boolean =>
  titles.some((t) => named(['编号', 'Id'], plain(t))) &&
  titles.some((t) => named(['报送时间', 'Reported at'], plain(t)));

/** Titles that span two rows, joined; undefined if the second row is not a header. */
function doubled(upper: string[], lower: string[]): string[] | undefined {
  const filledTitles = lower.filter((t) => t !== '');
  if (filledTitles.length < 2 || filledTitles.some((t) => t.length > LONGEST_TITLE || /\d{4}/.test(t)))
    return undefined;
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, i) => {
    const [a = '', b = ''] = [upper[i], lower[i]];
    return a === b || b === '' ? a : a === '' ? b : `${a}\n${b}`;
  });
}

/** The columns of a register, by month or by occasion: 9月, 10月份家访, 第一次. */
const MONTHLY =
  /^(?:\d{4}年)?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?:家访|走访|谈话|谈心|辅导|日期|时间)*$/;
const NTH = /^第[一二三四五六七八九十\d]{1,2}次(?:家访|走访|谈话|谈心|辅导|日期|时间)*$/;
const HAN = '一二三四五六七八九十';

function dayColumn(title: string): BookColumn | undefined {
  const lastLine = plain(title.split('\n').at(-1)!);
  const month = MONTHLY.exec(lastLine)?.[1];
  if (month === undefined) return NTH.test(lastLine) ? { key: 'date', zh: lastLine, kind: 'dates' } : undefined;
  const n = /\d/.test(month) ? Number(month) : [...month].reduce((sum, sign) => sum + HAN.indexOf(sign) + 1, 0);
  return { key: 'date', zh: lastLine, kind: 'dates', month: n };
}

/** Finds the column of each title: by the whole title first, then by part of it. Each column is used once. */
function columnsOf(plan: SheetPlan, titles: string[]): (BookColumn | undefined)[] {
  const used = new Set<BookColumn>();
  const found: (BookColumn | undefined)[] = titles.map(() => undefined);
  const ways: ((c: BookColumn, title: string) => boolean)[] = [
    (c, title) => named([c.key, c.zh, ...(c.also ?? [])], plain(title.replace('\n', ''))),
    (c, title) => named([c.key, c.zh, ...(c.also ?? [])], plain(title.split('\n').at(-1)!)),
    (c, title) => named([c.zh, ...(c.also ?? [])], plain(bare(title.replace('\n', '')))),
    (c, title) => c.like?.test(plain(bare(title.replace('\n', '')))) ?? false,
  ];
  for (const fits of ways)
    titles.forEach((title, i) => {
      if (found[i] || title === '' || title.length > LONGEST_TITLE) return;
      const column = plan.columns.find((c) => !used.has(c) && fits(c, title));
      if (!column) return;
      if (column.kind !== 'skip') used.add(column);
      found[i] = column;
    });
  if (plan.list === 'activities' && !found.some((c) => c?.key === 'date'))
    titles.forEach((title, i) => {
      found[i] ??= dayColumn(title);
    });
  return found;
}

/** Removes units and hints in brackets: 金额（元）, 姓名(必填). */
const bare = (title: string): string => title.normalize('NFKC').replace(/[([][^)\]]*[)\]]/g, '');

/** How well a row fits as the header of a list; 0 if it does not. */
function scoreOf(
  plan: SheetPlan,
  columns: (BookColumn | undefined)[],
  titles: string[],
  isNamed: boolean,
  above: string,
): number {
  const keys = new Set(columns.flatMap((c) => (c && c.kind !== 'skip' ? [c.key] : [])));
  if (isNamed) return keys.size;
  if (!plan.needs?.every((group) => group.some((key) => keys.has(key))) || keys.size < 2) return 0;
  const strange = titles.filter((t, i) => t !== '' && !columns[i]).length;
  return keys.size - 0.4 * strange + (plan.titled?.test(above) ? 1 : 0);
}

/** Whether a row repeats the header, as on the next printed page. */
export const isHeaderAgain = (header: Header, cells: GridCell[]): boolean => {
  const matches = cells.map((cell, i) =>
    filled(cell) ? plain(textIn(cell)) === plain(header.titles[i] ?? '') : undefined,
  );
  return matches.filter((same) => same === true).length >= 2 && !matches.includes(false);
};
