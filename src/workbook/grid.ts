/** A file as sheets of cells, whatever program saved it. */
import { csvRows, textOf } from './csv.ts';
import { BadWorkbook, LIMITS, type Merge, repack } from './unpack.ts';

export type Cell = string | number | boolean | Date | null | undefined;
export interface Grid {
  sheet: string;
  rows: Cell[][];
  /** Cells that are one: their text stands in each of their rows, in the first column. */
  merges: Merge[];
  /** The file cannot say which cells are one: a blank may mean what stands above. */
  blanks?: true;
  /** Serial numbers count from 1904. */
  from1904: boolean;
}

const SAVE_AS = '请用 WPS 或 Excel 打开，另存为 .xlsx 再发 (save it as .xlsx)';

/** The sheets of an .xlsx or of a CSV (UTF-8 or GBK). Throws BadWorkbook with a sentence for who sent it. */
export async function gridsOf(bytes: Uint8Array, file: string): Promise<Grid[]> {
  if (bytes.length > LIMITS.bytes) throw new BadWorkbook(`文件超过 ${LIMITS.bytes / 1_000_000} MB (too large)`);
  const starts = (...sign: number[]) => sign.every((byte, i) => bytes[i] === byte);
  if (starts(0x50, 0x4b)) return workbookGrids(bytes);
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) throw new BadWorkbook(`这是旧格式的 .xls，或加了密码，读不了。${SAVE_AS}`);
  const text = textOf(bytes);
  if (text !== undefined && /^\s*<(?:!doctype|html|table|\?xml|meta)/i.test(text))
    throw new BadWorkbook(`这个文件其实是网页或 XML，不是 .xlsx 工作簿。${SAVE_AS}`);
  if (text === undefined || !/\.(?:csv|txt|tsv)$/i.test(file))
    throw new BadWorkbook(`不是 .xlsx 工作簿，或已损坏。${SAVE_AS}`);
  const rows = csvRows(text);
  if (rows.length > LIMITS.rows || rows.some((row) => row.length > LIMITS.columns))
    throw new BadWorkbook(`工作表超过 ${LIMITS.rows} 行或 ${LIMITS.columns} 列 (too wide or long)`);
  return [{ sheet: file.replace(/\.\w+$/, ''), rows, merges: [], blanks: true, from1904: false }];
}

async function workbookGrids(bytes: Uint8Array): Promise<Grid[]> {
  const { zip, merged, from1904 } = repack(bytes);
  const { default: readSheets } = await import('read-excel-file/node');
  let sheets: { sheet: string; data: Cell[][] }[];
  try {
    sheets = (await readSheets(zip)) as typeof sheets;
  } catch {
    throw new BadWorkbook(`不是 .xlsx 工作簿，或已损坏。${SAVE_AS}`);
  }
  return sheets.map(({ sheet, data }) => {
    const merges = merged.get(sheet) ?? [];
    for (const { top, left, bottom } of merges)
      for (let r = top + 1; r <= bottom && r < data.length; r++)
        if (!filled(data[r]?.[left])) data[r]![left] = data[top]?.[left];
    return { sheet, rows: data, merges, from1904 };
  });
}

export const filled = (cell: Cell): boolean => cell !== null && cell !== undefined && String(cell).trim() !== '';
export const textIn = (cell: Cell): string => (filled(cell) ? String(cell).trim() : '');
