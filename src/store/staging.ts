/** Holds the rows of an import until they take effect: under an id that no programme has. */
import type { Db } from './db.ts';
import { writeMeta } from './meta.ts';
import type { LedgerChange } from './record.ts';
import { deleteObligations, storedIds } from './sync.ts';
import { inChunks, type Slices, type Trx } from './transaction.ts';

/** Staging that has been silent for this long has died. */
const LEASE_MS = 600_000;
const FACT = 'importing ';
const PART = 500;

/** Registers that rows are being staged under this id, so that they are removed if this process dies. */
export const beginStaging = (trx: Trx, place: string, now: number): Promise<void> =>
  writeMeta(trx, FACT + place, String(now + LEASE_MS));

/** The rows under this id are in use from now on. */
export async function endStaging(trx: Trx, place: string): Promise<void> {
  await trx
    .deleteFrom('store_fact')
    .where('name', '=', FACT + place)
    .execute();
}

/** Stages changes of the ledger, in the order in which they will be written. */
export async function stage(
  slices: Slices,
  place: string,
  changes: LedgerChange[],
  { now, newId }: { now: number; newId: () => string },
): Promise<void> {
  for (const part of inChunks(changes, PART))
    await slices.ahead(async (trx) => {
      await beginStaging(trx, place, now);
      await trx
        .insertInto('activity')
        .values(
          part.map((change) => ({
            ...{ programme_id: place, id: newId(), version: 0, kind: change.activity.kind, status: 'staged' },
            ...{ date: change.activity.date, by_id: '', reporter_id: '', recorded_at: now, cause: null },
            body: JSON.stringify(change),
          })),
        )
        .execute();
    });
}

/** The next staged changes. */
export async function staged(trx: Trx, place: string, limit: number): Promise<{ id: string; change: LedgerChange }[]> {
  const rows = await trx
    .selectFrom('activity')
    .select(['id', 'body'])
    .where('programme_id', '=', place)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id, body }) => ({ id, change: JSON.parse(body) as LedgerChange }));
}

export async function unstage(trx: Trx, place: string, rows: { id: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .deleteFrom('activity')
    .where('programme_id', '=', place)
    .where(
      'id',
      'in',
      rows.map((row) => row.id),
    )
    .execute();
}

/** Removes rows of imports that ended before their switch. `all`: no other process can be at work. */
export async function dropStaged(db: Db, slices: Slices, now: number, which: 'all' | 'dead'): Promise<void> {
  const rows = await db
    .selectFrom('store_fact')
    .selectAll()
    .where('name', '>', FACT)
    .where('name', '<', `${FACT}~`)
    .execute();
  for (const { name, value } of rows)
    if (which === 'all' || Number(value) < now) await dropPlace(db, slices, name.slice(FACT.length));
}

/** Removes everything under an id that no programme has. */
export async function dropPlace(db: Db | Trx, slices: Slices, place: string): Promise<void> {
  for (const ids of inChunks(await storedIds(db, place), PART))
    await slices.run((trx) => deleteObligations(trx, place, ids));
  for (const table of ['roster', 'activity'] as const)
    for (let more = true; more; )
      more = await slices.run(async (trx) => {
        const rows = await trx.selectFrom(table).select('id').where('programme_id', '=', place).limit(PART).execute();
        const ids = rows.map((row) => row.id);
        if (ids.length > 0)
          await trx.deleteFrom(table).where('programme_id', '=', place).where('id', 'in', ids).execute();
        return ids.length === PART;
      });
  await slices.run((trx) => endStaging(trx, place));
}
