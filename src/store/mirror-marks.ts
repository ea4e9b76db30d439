import type { Db } from './db.ts';
import type { Mirrored } from './mirror.ts';
import { inChunks, insertMissing, type Trx } from './transaction.ts';

/** Marks items that may differ from what is in the Base. */
export const markItems = (trx: Trx, programmeId: string, kind: Mirrored, ids: string[]): Promise<void> =>
  insertMissing(
    trx,
    'mirror_mark',
    [...new Set(ids)].map((item_id) => ({ programme_id: programmeId, kind, item_id })),
  );

/** Takes the first marks of a list and returns their ids. Later changes mark again, so take the marks before reading the items. */
export async function takeMarks(trx: Trx, programmeId: string, kind: Mirrored, most: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('mirror_mark')
    .select('item_id')
    .where('programme_id', '=', programmeId)
    .where('kind', '=', kind)
    .orderBy('item_id')
    .limit(most)
    .execute();
  const ids = rows.map((r) => r.item_id);
  for (const part of inChunks(ids))
    await trx
      .deleteFrom('mirror_mark')
      .where('programme_id', '=', programmeId)
      .where('kind', '=', kind)
      .where('item_id', 'in', part)
      .execute();
  return ids;
}

/** How many rows of each list wait to be written. */
export async function countMarks(db: Db | Trx, programmeId: string): Promise<number> {
  const row = await db
    .selectFrom('mirror_mark')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('programme_id', '=', programmeId)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
