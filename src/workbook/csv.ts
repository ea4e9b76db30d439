/** Reads text as spreadsheet programs save it: UTF-8 or GBK, cells separated by commas, semicolons or tabs. */
import type { GridCell } from './grid.ts';

/** The text of a file without its byte order mark; undefined if it is not text. */
export function textOfFile(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes.includes(0)) return undefined;
  for (const encoding of ['utf-8', 'gbk']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {}
  }
  return undefined;
}

/** The rows of a CSV; the separator is the most frequent one in its first line. */
export function csvRows(text: string): GridCell[][] {
  const first = text.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  const count = (sign: string) => first.split(sign).length;
  const sign = [',', '\t', ';', '，'].reduce((best, next) => (count(next) > count(best) ? next : best));
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell);
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === sign) endCell();
    else if (c === '\n') {
      endCell();
      rows.push(row);
      row = [];
    } else if (c !== '\r') cell += c;
  }
  if (cell !== '' || row.length > 0) {
    endCell();
    rows.push(row);
  }
  // Programs write `="0012"` to keep it from becoming a number.
  return rows.map((cells) => cells.map((c) => c.replace(/^="(.*)"$/, '$1')));
}
