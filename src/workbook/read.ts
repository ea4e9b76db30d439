/** A workbook as a programme: one sheet for each list, each bad row told with its sheet, row and reason. */
import { dayAt } from '../plan/clock.ts';
import { isYmd } from '../plan/dates.ts';
import type { Plan } from '../plan/plan.ts';
import type { Problem } from '../plan/problems.ts';
import type { Programme } from '../plan/programme.ts';
import { type ProgrammeInput, parseProgramme } from '../plan/programme-file.ts';
import type { BookColumn, SheetPlan } from './column.ts';
import { SHEETS } from './sheets.ts';
import { BadWorkbook, repack } from './unpack.ts';

type Cell = string | number | boolean | Date | null | undefined;
type Found = { programme: ProgrammeInput } | { problems: Problem[] };

/** First cell of a row that explains its column. */
export const HINT = '※';

/**
 * The programme that a workbook (.xlsx) holds, or everything that is wrong with it; nothing is half-read. `file` is the name
 * that problems carry. A problem's `path` is `工作表!行号`. `storedOf` as for parseProgramme.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  file: string,
  presets: Map<string, Plan>,
  storedOf?: (name: string) => Programme | undefined,
): Promise<Found> {
  const problems: Problem[] = [];
  const { default: readSheets } = await import('read-excel-file/node');
  let sheets: { sheet: string; data: Cell[][] }[];
  try {
    sheets = (await readSheets(repack(bytes))) as typeof sheets;
  } catch (error) {
    const message = error instanceof BadWorkbook ? error.message : '不是 .xlsx 工作簿，或已损坏 (not a workbook)';
    return { problems: [{ file, path: '', message }] };
  }
  const value: Record<string, unknown> = {};
  const rowsOf = new Map<string, string[]>();
  for (const { sheet, data } of sheets) {
    const rows = data.map((cells, i) => ({ cells, at: `${sheet}!${i + 1}` })).filter(({ cells }) => cells.some(filled));
    const plan = planOf(sheet);
    if (!plan) {
      if (rows.length > 0 && !/^(说明|备注|README|notes?$)/i.test(sheet))
        problems.push({ file, path: sheet, message: `不认识的工作表，应为${known} (unknown sheet)` });
      continue;
    }
    const [header, ...body] = rows;
    const columns = header ? headerOf(plan, header, file, problems) : [];
    const filledIn = body.filter(({ cells }) => !text(cells.find(filled)).startsWith(HINT));
    const list = filledIn.map(({ cells, at }) => rowValue(columns, cells, at, file, problems));
    rowsOf.set(plan.list, [...(rowsOf.get(plan.list) ?? []), ...filledIn.map(({ at }) => at)]);
    if (plan.list === 'programme') value.name = (list[0] as { name?: string } | undefined)?.name;
    else if (plan.list !== 'holidays' || list.length > 0)
      value[plan.list] = [...((value[plan.list] as unknown[]) ?? []), ...list];
  }
  if (Array.isArray(value.plans)) value.plans = value.plans.map((row) => planUse(row, presets));
  if (value.name === undefined)
    problems.push({ file, path: '项目', message: '缺少项目名称 (the sheet 项目 needs a name)' });
  if (problems.length > 0) return { problems };
  const parsed = parseProgramme(value, file, presets, storedOf);
  return 'programme' in parsed ? parsed : { problems: parsed.problems.map((p) => placed(p, rowsOf)) };
}

const known = SHEETS.map((s) => s.zh).join('、');

const plain = (s: string): string =>
  s
    .normalize('NFKC')
    .replace(/[\s*＊]/g, '')
    .toLowerCase();

const planOf = (name: string): SheetPlan | undefined =>
  SHEETS.find((s) => [s.list, s.zh, ...(s.also ?? [])].some((n) => plain(n) === plain(name)));

const filled = (cell: Cell): boolean => cell !== null && cell !== undefined && String(cell).trim() !== '';
const text = (cell: Cell): string => (filled(cell) ? String(cell).trim() : '');

function headerOf(
  plan: SheetPlan,
  { cells, at }: { cells: Cell[]; at: string },
  file: string,
  problems: Problem[],
): (BookColumn | undefined)[] {
  const seen = new Set<string>();
  return cells.map((cell) => {
    if (!filled(cell)) return undefined;
    const title = plain(text(cell));
    const column = plan.columns.find((c) => [c.key, c.zh, ...(c.also ?? [])].some((n) => plain(n) === title));
    const problem = (message: string) => problems.push({ file, path: at, message });
    if (!column) {
      problem(`不认识的列“${text(cell)}”，应为${plan.columns.map((c) => c.zh).join('、')} (unknown column)`);
    } else if (seen.has(column.key)) problem(`“${text(cell)}”列重复 (column given twice)`);
    if (column) seen.add(column.key);
    return column;
  });
}

function rowValue(
  columns: (BookColumn | undefined)[],
  cells: Cell[],
  at: string,
  file: string,
  problems: Problem[],
): object {
  const row: Record<string, unknown> = {};
  cells.forEach((cell, i) => {
    const column = columns[i];
    if (!filled(cell)) return;
    const problem = (message: string) => problems.push({ file, path: at, message });
    if (!column) {
      // A header that is there but unknown has been told already.
      if (columns.length <= i) problem('有内容的单元格没有列名 (a cell without a header)');
      return;
    }
    const value = cellValue(column, cell);
    if (value === undefined)
      problem(`“${column.zh}”不能读作${KIND_NAMES[column.kind ?? 'text']}：${text(cell).slice(0, 40)}`);
    else if (column.kind === 'dates' && Array.isArray(value)) row.dates = value;
    else {
      const [key, inner] = column.key.split('.') as [string, string | undefined];
      if (inner === undefined) row[key] = value;
      else row[key] = { ...(row[key] as object | undefined), [inner]: value };
    }
  });
  return row;
}

const KIND_NAMES = { text: '文字', date: '日期', dates: '日期', number: '数字', yes_no: '是或否', list: '列表' };
const YES = /^(是|有|true|yes|y|1|√|✓)$/i;
const NO = /^(否|无|false|no|n|0|×)$/i;

function cellValue(column: BookColumn, cell: Cell): unknown {
  const word = (s: string) => column.words?.[s] ?? s;
  switch (column.kind) {
    case 'date':
      return dateOf(cell);
    case 'dates': {
      const parts = typeof cell === 'string' ? cell.split(/[、,，;；\n]/).filter((p) => p.trim() !== '') : [cell];
      const dates = parts.map(dateOf);
      return dates.includes(undefined) ? undefined : dates.length === 1 ? dates[0] : dates;
    }
    case 'number': {
      const number = typeof cell === 'number' ? cell : Number(text(cell).replace(/[,，]/g, ''));
      return Number.isFinite(number) ? number : undefined;
    }
    case 'yes_no':
      return YES.test(text(cell)) ? true : NO.test(text(cell)) ? false : undefined;
    case 'list':
      return text(cell)
        .split(/[、,，;；\n]/)
        .map((part) => word(part.trim()))
        .filter((part) => part !== '');
    default:
      return isDate(cell) ? dateOf(cell) : word(text(cell));
  }
}

const isDate = (cell: Cell): cell is Date => typeof cell === 'object' && cell !== null && 'getTime' in cell;

/** Days as Excel counts them: 1 is 1900-01-01, and its calendar has a 29 February that year which never was. */
const EXCEL_ZERO = Temporal.PlainDate.from('1899-12-30');

/** A date cell, a bare serial number, or a date as people write it. */
function dateOf(cell: Cell): string | undefined {
  if (isDate(cell)) {
    const ms = cell.getTime();
    // Serial numbers are floats: midnight may come out a hair before itself.
    return Number.isFinite(ms) ? dayAt(ms + 500, 'UTC') : undefined;
  }
  if (typeof cell === 'number')
    return cell >= 1 && cell < 200_000 ? EXCEL_ZERO.add({ days: Math.floor(cell) }).toString() : undefined;
  const found = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text(cell).normalize('NFKC'));
  if (!found) return undefined;
  const date = `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`;
  return isYmd(date) ? date : undefined;
}

function planUse(row: unknown, presets: Map<string, Plan>): unknown {
  const { use, pairings, ...rest } = row as { use?: string; pairings?: string[] };
  const named = [...presets.values()].find((plan) => plan.id === use || plan.title === use);
  const listed = pairings?.map((pair) => {
    const [supporter = '', recipient = ''] = pair.split(/\s*(?:→|->|－>)\s*/);
    return { supporter, recipient };
  });
  const all = pairings?.length === 1 && ['全部', '所有', 'all'].includes(pairings[0]!);
  return { ...rest, use: named?.id ?? use, ...(listed ? { pairings: all ? 'all' : listed } : {}) };
}

/** `people[3].school` → the sheet and row it stands in, with the column's name before the message. */
function placed(problem: Problem, rowsOf: Map<string, string[]>): Problem {
  const found = /^(\w+)\[(\d+)\](?:\.([\w.]+))?/.exec(problem.path);
  const at = found && rowsOf.get(found[1]!)?.[Number(found[2])];
  if (!at) return problem;
  const column = SHEETS.find((s) => s.list === found[1])?.columns.find((c) => c.key === found[3]);
  return { ...problem, path: at, message: column ? `${column.zh}：${problem.message}` : problem.message };
}
