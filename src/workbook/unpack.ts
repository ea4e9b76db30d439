/** Unpacks an untrusted .xlsx, a zip of XML: checks its size before unpacking and its extent before parsing. */
import { type Unzipped, unzipSync, zipSync } from 'fflate';

/** A county's roster with a year's ledger needs less than a tenth of these. */
export const LIMITS = {
  bytes: 5_000_000,
  entries: 300,
  inflated: 60_000_000,
  rows: 30_000,
  columns: 200,
  cells: 400_000,
};

/** A file that cannot be read as a workbook; the message is for its sender. */
export class BadWorkbook extends Error {}

/**
 * The same workbook packed again without compression and without pictures and macros, so that its reader can unpack no more than
 * was measured here. Throws BadWorkbook.
 */
export function repack(bytes: Uint8Array): { zip: Buffer; merged: Map<string, Merge[]>; from1904: boolean } {
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
        // A part that understates its size is cut off there: fflate fills a buffer of the stated size.
        if (inflated > LIMITS.inflated || size > bytes.length) throw new BadWorkbook('解压后太大 (inflates too much)');
        return true;
      },
    });
  } catch (error) {
    throw error instanceof BadWorkbook ? error : new BadWorkbook('不是 .xlsx 工作簿，或已损坏 (not a workbook)');
  }
  let cells = 0;
  const merges = new Map<string, Merge[]>();
  for (const [name, data] of Object.entries(files))
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(name)) {
      const xml = Buffer.from(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
      cells += extent(xml);
      merges.set(name, mergesIn(xml));
      files[name] = named(xml);
    }
  if (cells > LIMITS.cells) throw new BadWorkbook('单元格太多 (too many cells)');
  const part = (name: string) => Buffer.from(files[name] ?? []).toString('utf8');
  const merged = new Map(sheetParts(part).map(([sheet, name]) => [sheet, merges.get(name) ?? []]));
  const from1904 = /<workbookPr[^>]*\bdate1904="(?:1|true)"/.test(part('xl/workbook.xml'));
  return { zip: Buffer.from(zipSync(files, { level: 0 })), merged, from1904 };
}

/** The sheets by name, each with its part of the zip. */
function sheetParts(part: (name: string) => string): [string, string][] {
  const attribute = (xml: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(xml)?.[1] ?? '';
  const targets = new Map(
    [...part('xl/_rels/workbook.xml.rels').matchAll(/<Relationship\b[^>]*>/g)].map(([xml]) => [
      attribute(xml, 'Id'),
      attribute(xml, 'Target').replace(/^\/?(?:xl\/)?/, 'xl/'),
    ]),
  );
  return [...part('xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].map(([xml]) => [
    unescaped(attribute(xml, 'name')),
    targets.get(attribute(xml, 'r:id')) ?? '',
  ]);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, n: string) => String.fromCodePoint(Number(n)))
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);

/** A merged range of cells, counted from 0, ends included. */
export interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

const mergesIn = (xml: Buffer): Merge[] =>
  [...xml.toString('latin1').matchAll(/<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g)]
    .map(([, left, top, right, bottom]) => ({
      top: Number(top) - 1,
      left: columnNumber(left!) - 1,
      bottom: Number(bottom) - 1,
      right: columnNumber(right!) - 1,
    }))
    .filter((m) => m.bottom < LIMITS.rows && m.right < LIMITS.columns);

/** Stands for the value of a formula that was never calculated. */
export const NO_VALUE = '#未计算';

/** Replaces formulas without a value, or with an error, by a text: the reader would refuse the file or skip the cell. */
function named(xml: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  if (!xml.includes('<f') && !xml.includes('t="e"')) return xml;
  const cells = xml.toString('utf8').split('</c>');
  const cellTexts = cells.map((text, i) => {
    const at = text.lastIndexOf('<c ');
    const cell = text.slice(at);
    if (i === cells.length - 1 || at < 0) return text;
    const head = cell.slice(0, cell.indexOf('>'));
    const error = /\st="e"/.test(head) && /<v>([^<]*)<\/v>/.exec(cell)?.[1];
    const empty = /<f[\s/>]/.test(cell) && !/<v[\s>]/.test(cell);
    if (!error && !empty) return text;
    return `${text.slice(0, at)}${head.replace(/\st="[^"]*"/, '')} t="str"><v>${error || NO_VALUE}</v>`;
  });
  return Buffer.from(cellTexts.join('</c>'));
}

/** Counts a sheet's cells, and refuses a cell far out, because a reader would fill everything before it. */
function extent(xml: Buffer): number {
  let cells = 0;
  for (const [, column, row] of xml.toString('latin1').matchAll(/\br\s*=\s*["']([A-Za-z]{0,9})(\d{1,12})["']/g)) {
    if (Number(row) > LIMITS.rows || columnNumber(column!) > LIMITS.columns)
      throw new BadWorkbook(`工作表超过 ${LIMITS.rows} 行或 ${LIMITS.columns} 列 (too wide or long)`);
    cells += 1;
  }
  return cells;
}

const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0);
