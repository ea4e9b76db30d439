import type { Db } from './db.ts';
import type { Mirrored } from './mirror.ts';
import { inChunks, type Trx, transact } from './transaction.ts';

export interface MirrorRow {
  item: string;
  tableId: string;
  recordId: string;
  checksum: string;
}

const rowColumns = ['item_id', 'table_id', 'record_id', 'checksum'] as const;
const toRow = (r: { item_id: string; table_id: string; record_id: string; checksum: string }): MirrorRow => ({
  item: r.item_id,
  tableId: r.table_id,
  recordId: r.record_id,
  checksum: r.checksum,
});

/** What the store knows of these items, by item. */
export async function mirrorRows(
  db: Db | Trx,
  programmeId: string,
  kind: Mirrored,
  items: string[],
): Promise<Map<string, MirrorRow>> {
  const found = new Map<string, MirrorRow>();
  for (const part of inChunks(items)) {
    const query = db.selectFrom('mirror_row').select(rowColumns).where('programme_id', '=', programmeId);
    for (const r of await query.where('kind', '=', kind).where('item_id', 'in', part).execute())
      found.set(r.item_id, toRow(r));
  }
  return found;
}

/** The same in order of item, after `after` up to and including `last`. */
export async function mirrorRowsBetween(
  db: Db | Trx,
  programmeId: string,
  kind: Mirrored,
  { after, last, most }: { after: string; last?: string; most: number },
): Promise<MirrorRow[]> {
  const rows = await db
    .selectFrom('mirror_row')
    .select(rowColumns)
    .where('programme_id', '=', programmeId)
    .where('kind', '=', kind)
    .where('item_id', '>', after)
    .$if(last !== undefined, (q) => q.where('item_id', '<=', last!))
    .orderBy('item_id')
    .limit(most)
    .execute();
  return rows.map(toRow);
}

/** How many of our records each Base table holds. */
export async function countRows(db: Db | Trx, programmeId: string, kind: Mirrored): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('mirror_row')
    .select((eb) => ['table_id', eb.fn.countAll<number>().as('n')])
    .where('programme_id', '=', programmeId)
    .where('kind', '=', kind)
    .groupBy('table_id')
    .execute();
  return new Map(rows.map((r) => [r.table_id, Number(r.n)]));
}

/** Stores what is known of items and replaces earlier rows. */
export async function putRows(trx: Trx, programmeId: string, kind: Mirrored, rows: MirrorRow[]): Promise<void> {
  await dropRows(
    trx,
    programmeId,
    kind,
    rows.map((r) => r.item),
  );
  for (const part of inChunks(rows))
    await trx
      .insertInto('mirror_row')
      .values(
        part.map(({ item, tableId, recordId, checksum }) => ({
          programme_id: programmeId,
          kind,
          item_id: item,
          table_id: tableId,
          record_id: recordId,
          checksum,
        })),
      )
      .execute();
}

export async function dropRows(trx: Trx, programmeId: string, kind: Mirrored, items: string[]): Promise<void> {
  for (const part of inChunks(items))
    await trx
      .deleteFrom('mirror_row')
      .where('programme_id', '=', programmeId)
      .where('kind', '=', kind)
      .where('item_id', 'in', part)
      .execute();
}

/** Marks the content of a list's records as unknown, so that the next comparison writes each again. In slices. */
export async function doubtRows(db: Db, programmeId: string, kind: Mirrored): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await mirrorRowsBetween(db, programmeId, kind, { after, most: 1_000 });
    const last = rows.at(-1)?.item;
    if (last === undefined) return;
    await transact(db, async (trx) => {
      await trx
        .updateTable('mirror_row')
        .set({ checksum: '' })
        .where('programme_id', '=', programmeId)
        .where('kind', '=', kind)
        .where('item_id', '>', after)
        .where('item_id', '<=', last)
        .execute();
    });
    after = last;
  }
}

/** The rows of these records. */
export async function rowsOfRecords(
  db: Db | Trx,
  programmeId: string,
  kind: Mirrored,
  records: string[],
): Promise<MirrorRow[]> {
  const found: MirrorRow[] = [];
  for (const part of inChunks(records)) {
    const query = db.selectFrom('mirror_row').select(rowColumns).where('programme_id', '=', programmeId);
    found.push(...(await query.where('kind', '=', kind).where('record_id', 'in', part).execute()).map(toRow));
  }
  return found;
}
