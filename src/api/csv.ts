import type { Value } from '../open-data/column.ts';

/** Values that a spreadsheet would take for a formula are marked as text. */
const FORMULA = /^[=+\-@\t\r]/;

const cell = (value: Value): string => {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : value.join('、');
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as CSV (RFC 4180) with a header line; the byte order mark makes Excel read Chinese. */
export const csv = (names: string[], rows: Record<string, Value>[]): string =>
  `\uFEFF${[names, ...rows.map((row) => names.map((name) => cell(row[name]!)))].map((line) => `${line.join(',')}\r\n`).join('')}`;
