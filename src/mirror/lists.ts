import { createHash } from 'node:crypto';
import type { Texts } from '../cards/index.ts';
import type { BaseField, BaseType, BaseValue } from '../lark/base-calls.ts';
import { ACTIVITY_COLUMNS } from '../open-data/activities.ts';
import { type OpenColumn, openValues, type Sight, type Value } from '../open-data/column.ts';
import { OBLIGATION_COLUMNS } from '../open-data/obligations.ts';
import { PAIRING_COLUMNS, SCHOOL_COLUMNS } from '../open-data/schools.ts';
import { instantOf } from '../plan/clock.ts';
import type { Mirrored } from '../store/mirror.ts';

/** A column of the open data as a field of a Base table. */
export interface MirrorField {
  column: keyof Texts['mirror']['fields'];
  type: Exclude<BaseType, 'updated'>;
}

/** The fields of each list in order: people recognise a row by the first; the last is our id. */
export const FIELDS: Record<Mirrored, MirrorField[]> = {
  obligations: [
    { column: 'title', type: 'text' },
    { column: 'subject_name', type: 'text' },
    { column: 'school_names', type: 'text' },
    { column: 'bearer_names', type: 'text' },
    { column: 'activity', type: 'select' },
    { column: 'period_start', type: 'date' },
    { column: 'period_end', type: 'date' },
    { column: 'target', type: 'number' },
    { column: 'done', type: 'number' },
    { column: 'measure', type: 'select' },
    { column: 'state', type: 'select' },
    { column: 'next_checkpoint', type: 'date' },
    { column: 'assumed', type: 'checkbox' },
    { column: 'id', type: 'text' },
  ],
  activities: [
    { column: 'heading', type: 'text' },
    { column: 'kind', type: 'select' },
    { column: 'status', type: 'select' },
    { column: 'date', type: 'date' },
    { column: 'date_to', type: 'date' },
    { column: 'school_name', type: 'text' },
    { column: 'by_name', type: 'text' },
    { column: 'participant_names', type: 'text' },
    { column: 'place_name', type: 'text' },
    { column: 'to_name', type: 'text' },
    { column: 'partner_name', type: 'text' },
    { column: 'topic', type: 'text' },
    { column: 'mode', type: 'select' },
    { column: 'pupil_count', type: 'number' },
    { column: 'times', type: 'number' },
    { column: 'lessons', type: 'number' },
    { column: 'days', type: 'number' },
    { column: 'people', type: 'number' },
    { column: 'pieces', type: 'number' },
    { column: 'cash_yuan', type: 'number' },
    { column: 'value_yuan', type: 'number' },
    { column: 'evidence', type: 'number' },
    { column: 'confirmation', type: 'select' },
    { column: 'late', type: 'checkbox' },
    { column: 'id', type: 'text' },
  ],
  schools: [
    { column: 'name', type: 'text' },
    { column: 'district', type: 'text' },
    { column: 'level', type: 'text' },
    { column: 'staff', type: 'number' },
    { column: 'id', type: 'text' },
  ],
  pairings: [
    { column: 'name', type: 'text' },
    { column: 'supporter', type: 'text' },
    { column: 'recipient', type: 'text' },
    { column: 'kinds', type: 'text' },
    { column: 'from', type: 'date' },
    { column: 'until', type: 'date' },
    { column: 'team_names', type: 'text' },
    { column: 'id', type: 'text' },
  ],
};

const COLUMNS: Record<Mirrored, readonly OpenColumn<never>[]> = {
  obligations: OBLIGATION_COLUMNS as readonly OpenColumn<never>[],
  activities: ACTIVITY_COLUMNS as readonly OpenColumn<never>[],
  schools: SCHOOL_COLUMNS as readonly OpenColumn<never>[],
  pairings: PAIRING_COLUMNS as readonly OpenColumn<never>[],
};

/** The texts of a select's values, by column. */
const wordsOf = (column: MirrorField['column'], t: Texts): Record<string, string> | undefined =>
  ({
    activity: t.kinds,
    kind: t.kinds,
    state: t.states,
    measure: t.units,
    status: t.ledger.states,
    mode: t.modes,
    confirmation: t.ledger.confirmations,
  })[column as string];

/** The fields of a list as they are created, with the one by which the platform shows when a record was changed. */
export const baseFields = (kind: Mirrored, t: Texts): BaseField[] => [
  ...FIELDS[kind].map(({ column, type }): BaseField => {
    // Two measures share the unit 人.
    const options = type === 'select' ? [...new Set(Object.values(wordsOf(column, t)!))] : undefined;
    return { name: t.mirror.fields[column], type, ...(options && { options }) };
  }),
  { name: t.mirror.updated, type: 'updated' },
];

/** A row's wanted values, in the order of its fields. */
export type MirrorValues = BaseValue[];

/** The wanted content of a row. An activity's row has a heading, since the first field of a Base table cannot be a select. */
export function valuesOf(kind: Mirrored, row: unknown, sight: Sight, t: Texts): MirrorValues {
  const all = openValues(COLUMNS[kind], row as never, sight);
  return FIELDS[kind].map(({ column, type }) => {
    if (column === 'heading') return `${all.date} ${t.kinds[all.kind as keyof Texts['kinds']]}`;
    return cellOf(all[column] ?? null, type, wordsOf(column, t), sight.timezone, t);
  });
}

/** The most characters in a cell; only free text can be longer. */
const MOST_SIGNS = 2_000;

function cellOf(
  value: Value,
  type: MirrorField['type'],
  words: Record<string, string> | undefined,
  timezone: string,
  t: Texts,
): BaseValue {
  if (type === 'checkbox') return value === true;
  if (value === null || value === '') return null;
  if (type === 'number') return Math.round(Number(value) * 100) / 100;
  if (type === 'date') return instantOf(String(value), '00:00', timezone);
  if (type === 'select') return words?.[String(value)] ?? String(value);
  return (Array.isArray(value) ? value.join(t.comma) : String(value)).slice(0, MOST_SIGNS) || null;
}

/** The Base's content of a row, in the form of `valuesOf`: a text comes in pieces, an empty cell is absent. */
export function valuesRead(kind: Mirrored, fields: Record<string, unknown>, t: Texts): MirrorValues {
  return FIELDS[kind].map(({ column, type }) => {
    const cell = fields[t.mirror.fields[column]];
    if (type === 'checkbox') return cell === true;
    if (cell === undefined || cell === null) return null;
    if (type === 'text') return cellText(cell) || null;
    return cell as BaseValue;
  });
}

/** The text of a cell, joined from its pieces. */
export const cellText = (cell: unknown): string =>
  Array.isArray(cell) ? cell.map((piece) => String((piece as { text?: unknown }).text ?? '')).join('') : String(cell);

export const fieldsOf = (kind: Mirrored, values: MirrorValues, t: Texts): Record<string, BaseValue> =>
  Object.fromEntries(FIELDS[kind].map(({ column }, i) => [t.mirror.fields[column], values[i]!]));

/** Equal values have equal checksums. */
export const checksum = (values: MirrorValues): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32);
