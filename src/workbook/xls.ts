/** Reads .xls workbooks (BIFF8), which WPS and old Excel still save: values only, formulas by their last result. */

import { streamOf } from './compound.ts';
import type { GridCell } from './grid.ts';
import { BadWorkbook, LIMITS, type Merge, NO_VALUE } from './unpack.ts';

interface XlsSheet {
  sheet: string;
  rows: GridCell[][];
  merges: Merge[];
}
export interface XlsBook {
  sheets: XlsSheet[];
  from1904: boolean;
}

const BOF = 0x809;
const EOF = 0x0a;
const CONTINUE = 0x3c;
const BIFF8 = 0x600;

interface Piece {
  kind: number;
  /** Its position in the stream. */
  at: number;
  data: DataView;
}

/** Throws BadWorkbook if the file has a password, an older format or is broken. */
export function xlsBook(bytes: Uint8Array): XlsBook {
  try {
    const stream = streamOf(bytes, ['Workbook']);
    if (!stream) throw new BadWorkbook('这是很旧的 .xls，或加了密码，读不了 (an older .xls, or one with a password)');
    return bookIn([...pieces(stream)]);
  } catch (error) {
    if (error instanceof RangeError) throw new BadWorkbook('这个 .xls 已损坏，读不了 (a broken .xls)');
    throw error;
  }
}

function* pieces(stream: Uint8Array): Iterable<Piece> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let at = 0; at + 4 <= stream.length; ) {
    const [kind, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (kind === 0 && length === 0) return;
    yield { kind, at, data: new DataView(stream.buffer, stream.byteOffset + at + 4, length) };
    at += 4 + length;
  }
}

function bookIn(all: Piece[]): XlsBook {
  if (all[0]?.kind !== BOF || all[0].data.getUint16(0, true) !== BIFF8)
    throw new BadWorkbook('这是很旧的 .xls，读不了 (an older .xls)');
  const end = all.findIndex(({ kind }) => kind === EOF);
  const head = all.slice(0, end);
  if (head.some(({ kind }) => kind === 0x2f)) throw new BadWorkbook('这个 .xls 加了密码，读不了 (it has a password)');
  const texts = sharedTexts(head);
  const from1904 = head.some(({ kind, data }) => kind === 0x22 && data.getUint16(0, true) === 1);
  const isDay = dayFormats(head);
  const value = (serial: number, format: number): GridCell =>
    isDay(format) && serial >= 1 ? dayOf(serial, from1904) : serial;
  const sheets = head.flatMap(({ kind, data }) => {
    if (kind !== 0x85 || data.getUint8(5) !== 0) return [];
    const start = all.findIndex((piece) => piece.at === data.getUint32(0, true));
    const name = textAt(data, 7, data.getUint8(6));
    return start < 0 ? [] : [{ sheet: name, ...cellsIn(all, start, texts, value) }];
  });
  return { sheets, from1904 };
}

/** The day of a serial number; a number too large for a day stays a number. */
function dayOf(serial: number, from1904: boolean): GridCell {
  if (serial > 100_000) return serial;
  return ZERO.add({ days: Math.floor(serial) + (from1904 ? 1_462 : 0) }).toString();
}
const ZERO = Temporal.PlainDate.from('1899-12-30');

/** Text in one or two bytes per character; the flag before it says which. */
function textAt(data: DataView, at: number, length: number): string {
  const wide = (data.getUint8(at) & 1) === 1;
  const bytes = new Uint8Array(data.buffer, data.byteOffset + at + 1, wide ? length * 2 : length);
  return wide ? new TextDecoder('utf-16le').decode(bytes) : Buffer.from(bytes).toString('latin1');
}

const BUILT_IN_DAYS = [14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 36, 45, 46, 47, 50, 57, 58];

/** Whether a cell's format displays a date. */
function dayFormats(head: Piece[]): (format: number) => boolean {
  const days = new Set(BUILT_IN_DAYS);
  for (const { kind, data } of head)
    if (kind === 0x41e) {
      const text = textAt(data, 4, data.getUint16(2, true)).replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
      if (/[ymd]/i.test(text)) days.add(data.getUint16(0, true));
    }
  const formats = head.flatMap(({ kind, data }) => (kind === 0xe0 ? [data.getUint16(2, true)] : []));
  return (format) => days.has(formats[format] ?? 0);
}

/** The shared texts; one may continue in the next record, whose first byte repeats the character width. */
function sharedTexts(head: Piece[]): string[] {
  const first = head.findIndex(({ kind }) => kind === 0xfc);
  if (first < 0) return [];
  const after = head.findIndex(({ kind }, i) => i > first && kind !== CONTINUE);
  const parts = head.slice(first, after < 0 ? undefined : after).map(({ data }) => data);
  let [part, at] = [0, 8];
  const data = (): DataView => {
    while (at >= parts[part]!.byteLength) {
      at -= parts[part]!.byteLength;
      part += 1;
      if (part >= parts.length) throw new RangeError('a text without an end');
    }
    return parts[part]!;
  };
  const byte = () => {
    const found = data().getUint8(at);
    at += 1;
    return found;
  };
  const short = () => byte() + byte() * 256;
  const texts: string[] = [];
  const count = parts[0]!.getUint32(4, true);
  while (texts.length < count && texts.length < LIMITS.cells) {
    let remaining = short();
    let flags = byte();
    const runs = flags & 8 ? short() * 4 : 0;
    const more = flags & 4 ? short() + short() * 65_536 : 0;
    let text = '';
    while (remaining > 0) {
      const partBefore = part;
      const from = data();
      if (part !== partBefore) flags = byte();
      const wide = flags & 1;
      const n = Math.min(remaining, Math.floor((from.byteLength - at) / (wide ? 2 : 1)));
      const bytes = new Uint8Array(from.buffer, from.byteOffset + at, wide ? n * 2 : n);
      text += wide ? new TextDecoder('utf-16le').decode(bytes) : Buffer.from(bytes).toString('latin1');
      at += bytes.length;
      remaining -= n;
    }
    at += runs + more;
    texts.push(text);
  }
  return texts;
}

const ERRORS: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

/** A number in 30 bits: an integer or the upper part of a float, possibly in hundredths. */
function packed(rk: number): number {
  const float = new DataView(new ArrayBuffer(8));
  float.setInt32(0, rk & ~3);
  const n = rk & 2 ? rk >> 2 : float.getFloat64(0);
  return rk & 1 ? n / 100 : n;
}

type Value = (serial: number, format: number) => GridCell;

function cellsIn(all: Piece[], start: number, texts: string[], value: Value): Omit<XlsSheet, 'sheet'> {
  const rows: GridCell[][] = [];
  const merges: Merge[] = [];
  let cells = 0;
  const put = (row: number, column: number, cell: GridCell) => {
    cells += 1;
    if (row >= LIMITS.rows || column >= LIMITS.columns || cells > LIMITS.cells)
      throw new BadWorkbook(`工作表超过 ${LIMITS.rows} 行或 ${LIMITS.columns} 列 (too wide or long)`);
    while (rows.length <= row) rows.push([]);
    while (rows[row]!.length <= column) rows[row]!.push(null);
    rows[row]![column] = cell;
  };
  let awaited: [row: number, column: number] | undefined;
  for (const { kind, data } of all.slice(start + 1)) {
    if (kind === EOF) break;
    const u16 = (at: number) => data.getUint16(at, true);
    const one = (cell: GridCell) => put(u16(0), u16(2), cell);
    if (kind === 0xfd) one(texts[data.getUint32(6, true)] ?? null);
    else if (kind === 0x204) one(textAt(data, 8, u16(6)));
    else if (kind === 0x203) one(value(data.getFloat64(6, true), u16(4)));
    else if (kind === 0x27e) one(value(packed(data.getInt32(6, true)), u16(4)));
    else if (kind === 0xbd)
      for (let i = 0; 4 + i * 6 + 6 <= data.byteLength - 2; i++)
        put(u16(0), u16(2) + i, value(packed(data.getInt32(6 + i * 6, true)), u16(4 + i * 6)));
    else if (kind === 0x205)
      one(data.getUint8(7) === 1 ? (ERRORS[data.getUint8(6)] ?? '#N/A') : data.getUint8(6) === 1);
    else if (kind === 0x06) {
      // The last two bytes mark a result that is not a number.
      if (u16(12) !== 0xffff) one(value(data.getFloat64(6, true), u16(4)));
      else if (data.getUint8(6) === 0) awaited = [u16(0), u16(2)];
      else if (data.getUint8(6) === 1) one(data.getUint8(8) === 1);
      else one(data.getUint8(6) === 2 ? (ERRORS[data.getUint8(8)] ?? '#N/A') : NO_VALUE);
    } else if (kind === 0x207 && awaited) {
      put(...awaited, textAt(data, 2, u16(0)));
      awaited = undefined;
    } else if (kind === 0xe5)
      for (let i = 0; i < u16(0); i++) {
        const at = 2 + i * 8;
        merges.push({ top: u16(at), bottom: u16(at + 2), left: u16(at + 4), right: u16(at + 6) });
      }
  }
  return { rows, merges: merges.filter((m) => m.bottom < LIMITS.rows && m.right < LIMITS.columns) };
}
