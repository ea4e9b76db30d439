import type { Ymd } from '../plan/dates.ts';
import type { Programme } from '../plan/programme.ts';

export type Value = string | number | boolean | string[] | null;

/** For whom a row is written out. */
export interface Sight {
  programme: Programme;
  today: Ymd;
  timezone: string;
  /** Whether staff are named, and free words shown. A pupil never is. */
  names: boolean;
}

/** One thing that is told of a row, under the same name wherever it is told. */
export interface OpenColumn<Row> {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'strings';
  format?: 'date' | 'date-time';
  /** Every value that it can have. */
  values?: readonly string[];
  /** May be unknown, or not there to be told. */
  nullable?: true;
  /** Tells names or free words: null without that right. */
  names?: true;
  says: string;
  of(row: Row, sight: Sight): Value | undefined;
}

/** What may be told of a row, by column. */
export const openValues = <Row>(columns: readonly OpenColumn<Row>[], row: Row, sight: Sight): Record<string, Value> =>
  Object.fromEntries(
    columns.map((c) => [c.name, (c.names && !sight.names ? null : c.of(row, sight)) ?? null] as const),
  );
