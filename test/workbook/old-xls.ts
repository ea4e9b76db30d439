/** An .xls made byte by byte: structures that programs write only in large files, and broken ones. */

const u16 = (...all: number[]) => all.flatMap((n) => [n & 0xff, (n >> 8) & 0xff]);
const u32 = (...all: number[]) => all.flatMap((n) => [...u16(n & 0xffff), ...u16(n >>> 16)]);
export const record = (kind: number, data: number[]): number[] => [...u16(kind, data.length), ...data];
const utf16 = (text: string) => [...Buffer.from(text, 'utf16le')];
const float = (n: number) => [...new Uint8Array(new Float64Array([n]).buffer)];

export interface OldCell {
  row: number;
  column: number;
  /** Index of a shared text, a number, or a formula with its last result. */
  text?: number;
  number?: number;
  formula?: string;
  error?: number;
}

const cellRecord = ({ row, column, text, number, formula, error }: OldCell): number[] => {
  const at = u16(row, column, 0);
  if (text !== undefined) return record(0xfd, [...at, ...u32(text)]);
  if (number !== undefined) return record(0x203, [...at, ...float(number)]);
  if (error !== undefined) return record(0x205, [...at, error, 1]);
  return [
    ...record(0x06, [...at, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...u16(0), ...u32(0), ...u16(0)]),
    ...record(0x207, [...u16(formula!.length), 1, ...utf16(formula!)]),
  ];
};

/** The shared texts, each cut after `cut` characters and continued in the next record. */
function shared(texts: string[], cut: number): number[] {
  const found: number[][] = [[...u32(texts.length, texts.length)]];
  for (const text of texts) {
    const [head, rest] = [text.slice(0, cut), text.slice(cut)];
    found.at(-1)!.push(...u16(text.length), 1, ...utf16(head));
    if (rest) found.push([1, ...utf16(rest)]);
  }
  return found.flatMap((data, i) => record(i === 0 ? 0xfc : 0x3c, data));
}

export function oldXls(
  sheet: string,
  texts: string[],
  cells: OldCell[],
  { cut = 1_000, extra = [] as number[] } = {},
): Uint8Array {
  const bof = (kind: number) => record(0x809, [...u16(0x600, kind), ...new Array(12).fill(0)]);
  const eof = record(0x0a, []);
  const name = [...u16(0), sheet.length, 1, ...utf16(sheet)];
  const bound = (at: number) => record(0x85, [...u32(at), ...name]);
  const head = (at: number) => [...bof(5), ...extra, ...bound(at), ...shared(texts, cut), ...eof];
  const stream = [...head(head(0).length), ...bof(16), ...cells.flatMap(cellRecord), ...eof];
  return contained(Uint8Array.from(stream));
}

/** A container with one stream: its table in the first sector, its directory in the second. */
function contained(stream: Uint8Array): Uint8Array {
  const size = Math.max(stream.length, 4_096);
  const sectors = Math.ceil(size / 512);
  const bytes = new Uint8Array(512 * (3 + sectors)).fill(0);
  const view = new DataView(bytes.buffer);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, 1, true);
  view.setUint32(48, 1, true);
  view.setUint32(56, 4_096, true);
  view.setUint32(60, 0xfffffffe, true);
  view.setUint32(68, 0xfffffffe, true);
  for (let i = 0; i < 109; i++) view.setUint32(76 + i * 4, i === 0 ? 0 : 0xffffffff, true);
  for (let i = 0; i < 128; i++) view.setUint32(512 + i * 4, 0xffffffff, true);
  view.setUint32(512, 0xfffffffd, true);
  view.setUint32(516, 0xfffffffe, true);
  for (let i = 0; i < sectors; i++) view.setUint32(512 + (2 + i) * 4, i === sectors - 1 ? 0xfffffffe : 3 + i, true);
  const entry = (at: number, name: string, kind: number, first: number, length: number) => {
    bytes.set(utf16(name), at);
    view.setUint16(at + 64, name.length * 2 + 2, true);
    bytes[at + 66] = kind;
    view.setUint32(at + 116, first, true);
    view.setUint32(at + 120, length, true);
  };
  entry(1_024, 'Root Entry', 5, 0xfffffffe, 0);
  entry(1_152, 'Workbook', 2, 2, size);
  bytes.set(stream, 1_536);
  return bytes;
}
