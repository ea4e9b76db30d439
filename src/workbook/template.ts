import type { Plan } from '../plan/plan.ts';
import type { BookColumn, SheetPlan } from './column.ts';
import { HINT } from './read.ts';
import { MORE_EXAMPLES, SHEETS } from './sheets.ts';

/** The known rows of each list by column key, which replace the examples. */
export type Filling = Record<string, Record<string, unknown>[]>;

/** A sheet for the writer of workbooks. */
interface TemplateSheet {
  name: string;
  columns: { label: string; type?: 'text' | 'number' | 'date'; width?: number; hint?: string }[];
  rows: Cell[][][];
}
type Cell = string | number | null;

/**
 * The sheets of a workbook to fill in: headers, a row of hints that is skipped on reading, and the known rows, or else an example
 * to overwrite.
 */
export function templateSheets(presets: Map<string, Plan>, filling?: Filling): TemplateSheet[] {
  const sheets = SHEETS.map((sheet) => {
    const columns = sheet.columns.filter((c) => !c.extra);
    return {
      name: sheet.zh,
      columns: columns.map((c, i) => ({
        label: c.zh,
        type: typeOf(c),
        width: Math.max(12, (c.hint?.length ?? 0) + 4),
        hint: `${i === 0 ? HINT : ''}${hintOf(c)}`,
      })),
      rows: [filling ? (filling[sheet.list] ?? []).map((row) => columns.map((c) => cellOf(c, row))) : examples(sheet)],
    };
  });
  return [helpSheet(presets, filling !== undefined), ...sheets];
}

const typeOf = ({ kind, example }: BookColumn): 'text' | 'number' | 'date' =>
  kind === 'date' ? 'date' : kind === 'number' || typeof example === 'number' ? 'number' : 'text';

function helpSheet(presets: Map<string, Plan>, filled: boolean): TemplateSheet {
  const how = filled
    ? '每张表第一行是列名，第二行是说明（※ 开头，不会导入），下面是已有的内容：可以改，可以往下加，删去的行仍会保留。'
    : '每张表第一行是列名，第二行是说明（※ 开头，不会导入），第三行起是示例，请改成自己的。不用的列和表可以留空或删去。';
  const rows = [
    ['日期', '写成日期单元格，或 2026-09-01、2026年9月1日、9月1日 这样的文字。'],
    ['自己的表', '学校自己的名册、台账也可以直接发：表头在哪一行、表叫什么都行，读不懂的行会逐条说明。'],
    ['导入', '把填好的工作簿发给机器人（联络员），先看预览再确认；或用 jiedui import 文件.xlsx。'],
    ['', ''],
    ['预置方案编号', '名称'],
    ...[...presets.values()].map((plan) => [plan.id, plan.title]),
  ];
  return {
    name: '说明',
    columns: [
      { label: '怎样填', width: 24 },
      { label: how, width: 90 },
    ],
    rows: [rows],
  };
}

function examples({ list, columns: all }: SheetPlan): Cell[][] {
  const columns = all.filter((c) => !c.extra);
  return [
    ...(columns.some((c) => c.example !== undefined) ? [columns.map((c): Cell => c.example ?? null)] : []),
    ...(MORE_EXAMPLES[list] ?? []).map((row) => row.map((value): Cell => (value === '' ? null : value))),
  ];
}

/** A value as people write it: the first word for it, names separated by 、. */
function cellOf({ key, words }: BookColumn, row: Record<string, unknown>): Cell {
  const value = row[key];
  const wordFor = (one: unknown) => Object.entries(words ?? {}).find(([, word]) => word === one)?.[0] ?? one;
  if (value === undefined || value === null) return null;
  return Array.isArray(value) ? value.map(wordFor).join('、') : typeof value === 'number' ? value : `${wordFor(value)}`;
}

const hintOf = ({ hint, kind }: BookColumn): string =>
  hint ?? (kind === 'date' || kind === 'dates' ? '日期' : kind === 'yes_no' ? '是或否' : '');
