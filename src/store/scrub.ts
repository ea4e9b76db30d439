import { sql } from 'kysely';
import { primaryKeys, type Tables } from './schema.ts';
import type { Trx } from './transaction.ts';

/** A column with text that people wrote. */
export type Place = { table: keyof Tables; column: string };
type Row = Record<string, string | number | null>;

const PAGE = 500;

/** Replaces a name with `mark`, except inside one of the `longer` names, which belong to others. `longer`: the longest first. */
export function without(text: string, name: string, mark: string, longer: string[]): string {
  const [other, ...rest] = longer;
  if (other === undefined) return text.replaceAll(name, mark);
  return text
    .split(other)
    .map((part) => without(part, name, mark, rest))
    .join(other);
}

/**
 * Rewrites each text of a place that contains `word` with `rewrite`, page by page in order of key. Returns how many texts differ; `dry`
 * only counts. Skips rows of other programmes.
 */
export async function scrub(
  trx: Trx,
  programmeId: string,
  { table, column }: Place,
  { word, dry, rewrite }: { word: string; dry: boolean; rewrite: (text: string, row: Row) => string },
): Promise<number> {
  const key = primaryKeys[table].map((k) => sql.ref(k));
  const like = `%${word.replace(/[!%_]/g, '!$&')}%`;
  const inProgramme = table === 'chore' ? sql`1 = 1` : sql`(programme_id = ${programmeId} or programme_id is null)`;
  // Its kind and body show whom the row is about.
  const rowColumns = table === 'roster' ? sql`, kind, body` : sql``;
  let changed = 0;
  for (let last: Row | undefined; ; ) {
    const later = last ? sql`(${sql.join(key)}) > (${sql.join(valuesOf(last))})` : sql`1 = 1`;
    const { rows }: { rows: Row[] } = await sql<Row>`
      select ${sql.join(key)}, ${sql.ref(column)} as text_found ${rowColumns} from ${sql.table(table)}
      where ${sql.ref(column)} like ${like} escape '!' and ${inProgramme} and ${later} order by ${sql.join(key)} limit ${sql.lit(PAGE)}`.execute(
      trx,
    );
    for (const row of rows) {
      const found = String(row.text_found);
      const text = rewrite(found, row);
      if (text === found) continue;
      changed += 1;
      if (dry) continue;
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${text}
        where (${sql.join(key)}) = (${sql.join(valuesOf(row))})`.execute(trx);
    }
    if (rows.length < PAGE) return changed;
    last = rows.at(-1);
  }

  function valuesOf(row: Row) {
    return primaryKeys[table].map((k) => sql`${row[k]}`);
  }
}
