import type { Ctx } from '../context.ts';
import type { Mirror, Mirrored } from '../store/mirror.ts';
import { markItems } from '../store/mirror-marks.ts';
import { mirrorRowsBetween, putRows } from '../store/mirror-rows.ts';
import type { MirrorTable } from '../store/mirror-tables.ts';
import type { Trx } from '../store/transaction.ts';
import { existingIds, type Seen } from './items.ts';
import { cellText } from './lists.ts';

/** The result of reading a list back. */
export interface Learnt {
  /** How many of our rows are missing from the Base. */
  missing: number;
  /** Stores the result, and returns the tables with the number of records that are not ours. */
  store(trx: Trx): Promise<MirrorTable['tables']>;
}

const PAGE = 1_000;

/**
 * Reads which record holds which item: only our ids, 500 a call. Used when the outcome of a write is lost, or the number of records is
 * wrong. An unknown record with the id of an item without a record becomes that item's; any other belongs to people.
 */
export async function learn(
  { db, lark, pace }: Ctx,
  { programmeId, appToken }: Mirror,
  kind: Mirrored,
  tables: MirrorTable['tables'],
  seen: Seen,
): Promise<Learnt> {
  const idField = seen.t.mirror.fields.id;
  const records = new Map<string, { tableId: string; item: string }>();
  for (const { id: tableId } of tables)
    for (let after: string | undefined; ; ) {
      await pace.turn('searchRecords', tableId);
      const page = await lark.searchRecords({ appToken: appToken!, tableId }, { fields: [idField], after });
      for (const { recordId, fields } of page.records)
        records.set(recordId, { tableId, item: fields[idField] === undefined ? '' : cellText(fields[idField]) });
      if (page.next === undefined) break;
      after = page.next;
    }
  const placed = new Set<string>();
  const missing: string[] = [];
  for (let after = ''; ; ) {
    const rows = await mirrorRowsBetween(db, programmeId, kind, { after, most: PAGE });
    for (const { item, recordId } of rows)
      if (records.has(recordId)) {
        records.delete(recordId);
        placed.add(item);
      } else if (recordId) missing.push(item);
    if (rows.length < PAGE) break;
    after = rows.at(-1)!.item;
  }
  const unknown = [...records].map(([recordId, r]) => ({ recordId, ...r }));
  return {
    missing: missing.length,
    store: async (trx) => {
      // Ids that people typed are not in the programme.
      const real = await existingIds(
        trx,
        seen,
        kind,
        unknown.map((u) => u.item),
      );
      const adopted = unknown.filter(({ item }) => real.has(item) && !placed.has(item) && Boolean(placed.add(item)));
      const lost = missing.filter((item) => !placed.has(item));
      await putRows(trx, programmeId, kind, [
        // The content of such a record is unknown: it is written again.
        ...adopted.map(({ item, tableId, recordId }) => ({ item, tableId, recordId, checksum: '' })),
        ...lost.map((item) => ({ item, tableId: '', recordId: '', checksum: '' })),
      ]);
      await markItems(trx, programmeId, kind, [...adopted.map((a) => a.item), ...lost]);
      const others = Map.groupBy(
        unknown.filter((u) => !adopted.includes(u)),
        (u) => u.tableId,
      );
      return tables.map(({ id }) => ({ id, others: others.get(id)?.length ?? 0 }));
    },
  };
}
