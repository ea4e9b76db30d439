/** Reads a file as rows of a programme's lists, before names are resolved: each with its place, or why it is refused. */
import type { Problem } from '../plan/problems.ts';
import type { SheetCalendar } from './cell-dates.ts';
import { cellSays } from './cells.ts';
import type { SheetPlan } from './column.ts';
import { filled, type Grid, type GridCell, gridsOf, textIn } from './grid.ts';
import { type Header, headerOf, isHeaderAgain } from './header.ts';
import { SHEETS } from './sheets.ts';
import { BadWorkbook } from './unpack.ts';
import { ACTIVITY_LIKE, ACTIVITY_WORDS } from './words.ts';

export interface FileRow {
  /** The list of the programme file that it belongs to. */
  list: string;
  /** `工作表!行号`. */
  at: string;
  value: Record<string, unknown>;
  /** The column of each field, as its title with the column's letter. */
  titles: Record<string, string>;
  /** The text above the sheet's header, with the names of sheet and file. */
  above: string;
}
export interface FileRows {
  file: string;
  /** The programme's name, if the file contains it. */
  name?: string;
  rows: FileRow[];
  /** One line for each cell that cannot be read, or what is wrong with the file. */
  problems: Problem[];
  /** What was skipped harmlessly: unknown columns, sheets without a list, lines under a table. */
  notes: string[];
}

/** Begins the first cell of a row that explains the columns. */
export const HINT = '※';

/** The rows of a workbook or CSV as schools keep them. Problems carry the name `file`. */
export async function readRows(bytes: Uint8Array, file: string, calendar: SheetCalendar): Promise<FileRows> {
  const found: FileRows = { file, rows: [], problems: [], notes: [] };
  let grids: Grid[];
  try {
    grids = await gridsOf(bytes, file);
  } catch (error) {
    if (!(error instanceof BadWorkbook)) throw error;
    return { ...found, problems: [{ file, path: '', message: error.message }] };
  }
  return rowsOfGrids(grids, file, calendar);
}

/** The same for sheets that are not in a file. */
export function rowsOfGrids(grids: Grid[], file: string, calendar: SheetCalendar): FileRows {
  const found: FileRows = { file, rows: [], problems: [], notes: [] };
  let lists = 0;
  for (const grid of grids) {
    if (!grid.rows.some((cells) => cells.some(filled)) || /^(说明|备注|README|notes?)$/i.test(grid.sheet.trim()))
      continue;
    const header = headerOf(grid, file.replace(/\.\w+$/, ''));
    if (header) lists += 1;
    if (header) readSheet(found, grid, header, grid.from1904 ? { ...calendar, shift: 1462 } : calendar);
    else found.notes.push(`工作表“${grid.sheet}”没有认出是哪种名单，没有导入 (not a known list)`);
  }
  if (lists === 0) found.problems.push({ file, path: '', message: `没有认出可以导入的名单。${KNOWN} (no known list)` });
  return found;
}

const titlesOf = ({ columns }: SheetPlan): string =>
  columns
    .filter((c) => !c.extra)
    .slice(0, 6)
    .map((c) => c.zh)
    .join('、');
const KNOWN = `表头要有这样的列名：${SHEETS.filter((s) => s.needs)
  .map((s) => `${s.zh}（${titlesOf(s)}）`)
  .join('；')}`;

function readSheet(
  found: FileRows,
  { sheet, rows, merges, blanks }: Grid,
  header: Header,
  calendar: SheetCalendar,
): void {
  const { plan, columns, titles } = header;
  const strange = titles.flatMap((title, i) => (title !== '' && !columns[i] ? [title.replace('\n', '')] : []));
  if (strange.length > 0)
    found.notes.push(`“${sheet}”里没有用到的列：${[...new Set(strange)].join('、')} (columns not used)`);
  const titleAt = (i: number) => `${titles[i]!.replace('\n', '')}（${letters(i)}列）`;
  const named = Object.fromEntries(columns.flatMap((c, i) => (c ? [[c.key, titleAt(i)]] : [])));
  const asAbove: number[] = [];
  const kind = plan.list === 'activities' ? (kindIn(sheet) ?? kindIn(header.above)) : undefined;
  const byDays = columns.some((c) => c?.month !== undefined) || columns.filter((c) => c?.key === 'date').length > 1;
  const passed: number[] = [];
  let above: GridCell[] = [];
  rows.forEach((rowCells, r) => {
    if (r < header.to || !rowCells.some(filled)) return;
    const cells = blanks && roleOf(rowCells, header) === 'data' ? withAbove(rowCells, above, header) : rowCells;
    if (cells !== rowCells) asAbove.push(r + 1);
    above = cells;
    const at = `${sheet}!${r + 1}`;
    const role = roleOf(cells, header);
    if (role === 'note') passed.push(r + 1);
    if (role !== 'data') return;
    const value: Record<string, unknown> = {};
    const days: string[] = [];
    const problems: Problem[] = [];
    const problem = (message: string) => problems.push({ file: found.file, path: at, message });
    cells.forEach((cell, i) => {
      const column = columns[i];
      if (!filled(cell) || !column) return;
      // A sum of money merged over several rows counts once.
      const below = merges.some((m) => m.left <= i && i <= m.right && m.top < r && r <= m.bottom);
      if (below && column.key.endsWith('_yuan')) return;
      const result = cellSays(column, cell, calendar);
      if ('problem' in result) problem(`${titleAt(i)}：${result.problem}`);
      else if (byDays && column.key === 'date') days.push(...daysIn(result.fields));
      else for (const [key, field] of Object.entries(result.fields)) put(value, key, field);
    });
    if (byDays && days.length === 0 && problems.length === 0) {
      passed.push(r + 1);
      return;
    }
    if (days.length > 0) value[days.length > 1 ? 'dates' : 'date'] = days.length > 1 ? days : days[0];
    if (plan.list === 'activities' && value.kind === undefined) {
      if (kind) value.kind = kind;
      else problem(NO_KIND);
    }
    found.problems.push(...problems);
    if (problems.length > 0) return;
    if (plan.list === 'programme') found.name ??= value.name as string | undefined;
    else
      for (const one of eachOf(plan.list, value))
        found.rows.push({ list: plan.list, at, value: one, titles: named, above: `${sheet}\n${header.above}` });
  });
  if (asAbove.length > 0)
    found.notes.push(`“${sheet}”第 ${asAbove.join('、')} 行空着的格按上一行读 (blank cells read as those above)`);
  if (passed.length > 0)
    found.notes.push(`“${sheet}”第 ${passed.join('、')} 行不是数据（合计、说明等），没有导入 (not data rows)`);
}

/** Columns that are often merged over several rows, and blank in formats without merged cells. */
const GROUPED: Record<string, string[]> = {
  care: ['mentor'],
  mentorships: ['mentor'],
  activities: ['date', 'by', 'by.school'],
};
/** Filled from above only if the date is too. */
const WITH_DAY = ['kind', 'place', 'to', 'partner'];

/** Fills the blank cells of a group's columns from the row above. */
function withAbove(cells: GridCell[], above: GridCell[], { plan, columns }: Header): GridCell[] {
  const blank = (key: string) => columns.some((c, i) => c?.key === key && !filled(cells[i]) && filled(above[i]));
  const keys = GROUPED[plan.list] ?? [];
  const group = [...keys, ...(keys.includes('date') && blank('date') ? WITH_DAY : [])];
  const single = columns.filter((c) => c?.key === 'date').length <= 1;
  if (!keys.some((key) => blank(key)) || !single) return cells;
  return columns.map((c, i) => (c && group.includes(c.key) && !filled(cells[i]) ? above[i] : cells[i]));
}

const daysIn = (fields: Record<string, unknown>): string[] =>
  [fields.dates ?? fields.date].flat().filter((day): day is string => typeof day === 'string');

/** Makes a row for each combination of the teachers and pupils in its cells. */
function eachOf(list: string, value: Record<string, unknown>): Record<string, unknown>[] {
  const { mentor, mentee, pupil } = value as { mentor?: string[]; mentee?: string[]; pupil?: { name?: string[] } };
  const mentors = mentor ?? [undefined];
  const row = (fields: Record<string, unknown>) => ({ ...value, ...fields });
  if (list === 'mentorships')
    return mentors.flatMap((one) => (mentee ?? [undefined]).map((other) => row({ mentor: one, mentee: other })));
  if (list !== 'care') return [value];
  return mentors.flatMap((one) =>
    (pupil?.name ?? [undefined]).map((name) => row({ mentor: one, pupil: { ...pupil, name } })),
  );
}

const NO_KIND = `看不出是什么活动：请加一列“活动”，可以写：${Object.keys(ACTIVITY_WORDS).join('、')} (no kind)`;
const kindIn = (text: string): string | undefined => ACTIVITY_LIKE.find(([like]) => like.test(text))?.[1];

/** Whether a row under a header is data, a note about the table, or nothing. */
function roleOf(cells: GridCell[], header: Header): 'data' | 'note' | 'nothing' {
  const said = cells.flatMap((cell, i) => (filled(cell) ? [{ i, text: textIn(cell) }] : []));
  const first = said[0]!.text;
  if (first.startsWith(HINT) || isHeaderAgain(header, cells)) return 'nothing';
  const informative = said.filter(({ i }) => header.columns[i]?.kind !== 'skip');
  // A form with numbered lines, of which this one is empty.
  if (informative.length === 0 && /^\d{0,4}$/.test(first)) return 'nothing';
  if (/^(?:合计|总计|小计|共计|总数)/.test(first.replace(/\s/g, ''))) return 'note';
  const alone = new Set(said.map(({ text }) => text)).size === 1 && header.titles.filter(Boolean).length > 2;
  if (alone && (/^[注备填制审负联说附（(]|[：:]|[一二三四五六七八九十]、/.test(first) || first.length > 12))
    return 'note';
  if (/^(?:注|备注|说明|填表人|填报人|制表|审核|负责人|校长签字)[:：]/.test(first)) return 'note';
  return 'data';
}

/** Puts `pupil.name` into the object `pupil`. */
function put(row: Record<string, unknown>, key: string, value: unknown): void {
  const [outer, inner] = key.split('.') as [string, string | undefined];
  if (inner === undefined || outer === 'by' || outer === 'items') row[key] = value;
  else row[outer] = { ...(row[outer] as object | undefined), [inner]: value };
}

const letters = (n: number): string =>
  n < 26 ? String.fromCharCode(65 + n) : letters(Math.floor(n / 26) - 1) + letters(n % 26);
