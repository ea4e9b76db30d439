import type { FieldState, RowState, TableState } from './base.ts';
import { refusedWith } from './base-call.ts';
import type { Answer } from './method.ts';

export const UPDATED = 1002;

/** The types that can be written here, and the code for a value of the wrong type. */
export const WRITES: Record<
  number,
  { code: number; msg: string; fits: (value: unknown, field: FieldState) => boolean }
> = {
  1: { code: 1254060, msg: 'TextFieldConvFail', fits: (v) => typeof v === 'string' },
  2: { code: 1254061, msg: 'NumberFieldConvFail', fits: (v) => typeof v === 'number' && Number.isFinite(v) },
  3: { code: 1254062, msg: 'SingleSelectFieldConvFail', fits: (v) => typeof v === 'string' && v !== '' },
  5: { code: 1254064, msg: 'DatetimeFieldConvFail', fits: (v) => typeof v === 'number' && Number.isInteger(v) },
  7: { code: 1254065, msg: 'CheckboxFieldConvFail', fits: (v) => typeof v === 'boolean' },
};

/** What is wrong with a record's cells, or `undefined`. Adds options that a select does not know yet. */
export function wrongCells(table: TableState, cells: unknown): Answer | undefined {
  if (typeof cells !== 'object' || cells === null) return refusedWith(1254001, 'WrongRequestBody');
  for (const [name, value] of Object.entries(cells)) {
    const field = table.fields.find((f) => f.name === name);
    if (!field) return refusedWith(1254045, 'FieldNameNotFound');
    const rule = WRITES[field.type];
    if (!rule) return refusedWith(1254015, 'Field types do not match.', 400);
    if (value === null) continue;
    if (!rule.fits(value, field)) return refusedWith(rule.code, rule.msg);
    if (field.type === 1 && String(value).length > 100_000) return refusedWith(1254130, 'TooLargeCell');
    if (field.type === 3 && !field.options.includes(String(value))) field.options.push(String(value));
  }
  return undefined;
}

/** A cell as a search returns it: a text in pieces, an empty cell omitted. */
export function cellRead(row: RowState, name: string, type: number): [string, unknown][] {
  if (type === UPDATED) return [[name, row.updatedAt]];
  const value = row.fields[name];
  if (value === undefined) return [];
  return [[name, type === 1 ? [{ text: value, type: 'text' }] : value]];
}
