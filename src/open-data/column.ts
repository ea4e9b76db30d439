import type { Ymd } from '../plan/dates.ts';
import type { Programme } from '../plan/programme.ts';

export type Value = string | number | boolean | string[] | null;

/** The reader for whom a row is written. */
export interface Sight {
  programme: Programme;
  today: Ymd;
  timezone: string;
  /** Whether staff names and free words are shown. Pupils' names never are. */
  names: boolean;
}

/** One fact about a row, with the same name everywhere. */
export interface OpenColumn<Row> {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'strings';
  format?: 'date' | 'date-time';
  /** Every value that it can have. */
  values?: readonly string[];
  /** May be unknown, or withheld. */
  nullable?: true;
  /** Contains names or free words: null without the right to see them. */
  names?: true;
  says: string;
  of(row: Row, sight: Sight): Value | undefined;
}

/** A row's values by column, as far as they may be shown. */
export const openValues = <Row>(columns: readonly OpenColumn<Row>[], row: Row, sight: Sight): Record<string, Value> =>
  Object.fromEntries(
    columns.map((c) => [c.name, (c.names && !sight.names ? null : c.of(row, sight)) ?? null] as const),
  );
