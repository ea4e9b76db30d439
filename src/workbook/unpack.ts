/** An untrusted .xlsx is a zip of XML: its size is looked at before anything is unpacked, its extent before it is parsed. */
import { type Unzipped, unzipSync, zipSync } from 'fflate';

/** A county's roster with a year's ledger is well below a tenth of these. */
export const LIMITS = {
  bytes: 5_000_000,
  entries: 300,
  inflated: 60_000_000,
  rows: 30_000,
  columns: 200,
  cells: 400_000,
};

/** Why a file cannot be taken as a workbook; the message is for the person who sent it. */
export class BadWorkbook extends Error {}

/**
 * The same workbook packed anew without compression and without what is not needed (pictures, macros), so that whoever
 * reads it can unpack no more than was measured here. Throws BadWorkbook.
 */
export function repack(bytes: Uint8Array): Buffer {
  if (bytes.length > LIMITS.bytes) throw new BadWorkbook(`文件超过 ${LIMITS.bytes / 1_000_000} MB (too large)`);
  let entries = 0;
  let inflated = 0;
  let files: Unzipped;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize, size }) => {
        entries += 1;
        if (entries > LIMITS.entries) throw new BadWorkbook('文件里的部件太多 (too many parts)');
        if (!/^(\[Content_Types\]\.xml|_rels\/|xl\/).*(\.xml|\.rels)$|^\[Content_Types\]\.xml$/.test(name))
          return false;
        inflated += originalSize;
        // A part that says it is small but is not is cut off at what it says: fflate fills a buffer of that size.
        if (inflated > LIMITS.inflated || size > bytes.length) throw new BadWorkbook('解压后太大 (inflates too much)');
        return true;
      },
    });
  } catch (error) {
    throw error instanceof BadWorkbook ? error : new BadWorkbook('不是 .xlsx 工作簿，或已损坏 (not a workbook)');
  }
  let cells = 0;
  for (const [name, data] of Object.entries(files))
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(name)) cells += extent(data);
  if (cells > LIMITS.cells) throw new BadWorkbook('单元格太多 (too many cells)');
  return Buffer.from(zipSync(files, { level: 0 }));
}

/** Number of cells of a sheet; one cell far out would otherwise make a reader fill everything before it. */
function extent(data: Uint8Array): number {
  const xml = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
  let cells = 0;
  for (const [, column, row] of xml.matchAll(/\br\s*=\s*["']([A-Za-z]{0,9})(\d{1,12})["']/g)) {
    if (Number(row) > LIMITS.rows || columnNumber(column!) > LIMITS.columns)
      throw new BadWorkbook(`工作表超过 ${LIMITS.rows} 行或 ${LIMITS.columns} 列 (too wide or long)`);
    cells += 1;
  }
  return cells;
}

const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0);
