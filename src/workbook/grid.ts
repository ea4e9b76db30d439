/** Reads a file as sheets of cells, whatever program saved it. */
import { csvRows, textOfFile } from './csv.ts';
import { BadWorkbook, LIMITS, type Merge, repack } from './unpack.ts';
import { xlsBook } from './xls.ts';

export type GridCell = string | number | boolean | Date | null | undefined;
export interface Grid {
  sheet: string;
  rows: GridCell[][];
  /** Merged cells: the text is repeated in each row, in the first column. */
  merges: Merge[];
  /** The format has no merged cells: a blank may mean the cell above. */
  blanks?: true;
  /** Serial numbers count from 1904. */
  from1904: boolean;
}

const SAVE_AS = '请用 WPS 或 Excel 打开，另存为 .xlsx 再发 (save it as .xlsx)';

/** The sheets of an .xlsx, an .xls (under any name) or a CSV. Throws BadWorkbook with a message for the sender. */
export async function gridsOf(bytes: Uint8Array, file: string): Promise<Grid[]> {
  if (bytes.length > LIMITS.bytes) throw new BadWorkbook(`文件超过 ${LIMITS.bytes / 1_000_000} MB (too large)`);
  const starts = (...sign: number[]) => sign.every((byte, i) => bytes[i] === byte);
  if (starts(0x50, 0x4b)) return workbookGrids(bytes);
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return oldGrids(bytes);
  const text = textOfFile(bytes);
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
  let sheets: { sheet: string; data: GridCell[][] }[];
  try {
    sheets = (await readSheets(zip)) as typeof sheets;
  } catch {
    throw new BadWorkbook(`不是 .xlsx 工作簿，或已损坏。${SAVE_AS}`);
  }
  return sheets.map(({ sheet, data }) => spread({ sheet, rows: data, merges: merged.get(sheet) ?? [], from1904 }));
}

function oldGrids(bytes: Uint8Array): Grid[] {
  try {
    const { sheets, from1904 } = xlsBook(bytes);
    return sheets.map((one) => spread({ ...one, from1904 }));
  } catch (error) {
    throw error instanceof BadWorkbook ? new BadWorkbook(`${error.message}。${SAVE_AS}`) : error;
  }
}

/** Repeats the text of a merged cell in each of its rows. */
function spread(grid: Grid): Grid {
  const { rows, merges } = grid;
  for (const { top, left, bottom } of merges)
    for (let r = top + 1; r <= bottom && r < rows.length; r++)
      if (!filled(rows[r]?.[left])) rows[r]![left] = rows[top]?.[left];
  return grid;
}

export const filled = (cell: GridCell): boolean => cell !== null && cell !== undefined && String(cell).trim() !== '';
export const textIn = (cell: GridCell): string => (filled(cell) ? String(cell).trim() : '');
