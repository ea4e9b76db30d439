import type { Ctx } from '../context.ts';
import { LarkRefused } from '../lark/refusal.ts';
import { DAY_MS, instantOf } from '../plan/clock.ts';
import type { Ymd } from '../plan/dates.ts';
import { readerOf } from '../store/db.ts';
import { MIRRORED, type Mirror, type Mirrored } from '../store/mirror.ts';
import { markItems } from '../store/mirror-marks.ts';
import { countRows, mirrorRowsBetween, putRows, rowsOfRecords } from '../store/mirror-rows.ts';
import { claimTable, type MirrorTable, saveTable, stillHeld } from '../store/mirror-tables.ts';
import { transact, turn } from '../store/transaction.ts';
import { type Seen, wantedAfter } from './items.ts';
import { learn } from './learn.ts';
import { checksum, FIELDS, valuesRead } from './lists.ts';
import { putRight } from './make.ts';

const PAGE = 500;

/**
 * Marks every row whose content differs from what was last written to the Base: changed by date alone, by an import, or by a name. Reads
 * page by page and makes no calls.
 */
export async function compareAll({ db }: Ctx, { programmeId }: Mirror, seen: Seen): Promise<void> {
  for (const kind of MIRRORED)
    for (let after = ''; ; ) {
      const reader = readerOf(db);
      const { wanted, last } = await wantedAfter(reader, kind, { after, size: PAGE }, seen);
      const known = new Map<string, string>();
      for (let from = after; ; ) {
        const rows = await mirrorRowsBetween(reader, programmeId, kind, { after: from, last, most: PAGE });
        for (const r of rows) known.set(r.item, r.checksum);
        if (rows.length < PAGE) break;
        from = rows.at(-1)!.item;
      }
      const differing = [
        ...[...wanted].filter(([item, values]) => known.get(item) !== checksum(values)).map(([item]) => item),
        ...[...known.keys()].filter((item) => !wanted.has(item)),
      ];
      await turn();
      if (differing.length > 0) await transact(db, (trx) => markItems(trx, programmeId, kind, differing));
      if (last === undefined) break;
      after = last;
    }
}

/** People's changes in the Base. */
export interface Touched {
  edited: number;
  gone: number;
}

/**
 * Finds and marks mirrored rows that people have changed or deleted in the Base since the last check. Reads only records that the Base
 * reports as updated, and all ids only if the number of records is wrong.
 */
export async function checkBase(ctx: Ctx, mirror: Mirror, since: Ymd, seen: Seen): Promise<Touched> {
  const touched = { edited: 0, gone: 0 };
  for (const kind of MIRRORED) {
    const claimed = await transact(ctx.db, (trx) => claimTable(trx, mirror.programmeId, kind, ctx.now(), true));
    if (!claimed) continue;
    const { attempt, lease, ...table } = claimed;
    let after: MirrorTable = table;
    try {
      // Rows under way would look missing.
      if (table.write || table.relearn) continue;
      touched.edited += await editedRows(ctx, mirror, kind, table.tables, since, seen);
      if (await rightNumber(ctx, mirror, kind, table.tables, seen)) continue;
      const learnt = await learn(ctx, mirror, kind, table.tables, seen);
      touched.gone += learnt.missing;
      const tables = await transact(ctx.db, async (trx) =>
        (await stillHeld(trx, mirror.programmeId, kind, lease)) ? learnt.store(trx) : table.tables,
      );
      after = { tables };
    } catch (error) {
      const repaired = error instanceof LarkRefused && (await putRight(ctx, mirror, kind, table, error, seen.t));
      if (!repaired) throw error;
      after = repaired;
    } finally {
      await transact(ctx.db, async (trx) => {
        if (await stillHeld(trx, mirror.programmeId, kind, lease))
          await saveTable(trx, mirror.programmeId, kind, after, { attempt });
      });
    }
  }
  return touched;
}

async function editedRows(
  ctx: Ctx,
  { programmeId, appToken }: Mirror,
  kind: Mirrored,
  tables: MirrorTable['tables'],
  since: Ymd,
  { t, timezone }: Seen,
): Promise<number> {
  const fields = FIELDS[kind].map((f) => t.mirror.fields[f.column]);
  // Later than the day before, as the platform compares.
  const changedAfter = { field: t.mirror.updated, instant: instantOf(since, '00:00', timezone) - DAY_MS };
  let count = 0;
  for (const { id: tableId } of tables)
    for (let after: string | undefined; ; ) {
      await ctx.pace.turn('searchRecords', tableId);
      const page = await ctx.lark.searchRecords({ appToken: appToken!, tableId }, { fields, after, changedAfter });
      const read = new Map(page.records.map((r) => [r.recordId, checksum(valuesRead(kind, r.fields, t))]));
      const rows = await rowsOfRecords(ctx.db, programmeId, kind, [...read.keys()]);
      // A row that will be written anyway does not count as changed by people.
      const edited = rows.filter((r) => r.checksum !== '' && r.checksum !== read.get(r.recordId));
      if (edited.length > 0)
        await transact(ctx.db, async (trx) => {
          await putRows(
            trx,
            programmeId,
            kind,
            edited.map((r) => ({ ...r, checksum: '' })),
          );
          await markItems(
            trx,
            programmeId,
            kind,
            edited.map((r) => r.item),
          );
        });
      count += edited.length;
      if (page.next === undefined) break;
      after = page.next;
    }
  return count;
}

/** Whether each table holds as many records as our rows and the others counted there. */
async function rightNumber(
  ctx: Ctx,
  { programmeId, appToken }: Mirror,
  kind: Mirrored,
  tables: MirrorTable['tables'],
  { t }: Seen,
): Promise<boolean> {
  const ownRows = await countRows(ctx.db, programmeId, kind);
  for (const { id: tableId, others } of tables) {
    await ctx.pace.turn('searchRecords', tableId);
    const countOnly = { fields: [t.mirror.fields.id], size: 1 };
    const { total } = await ctx.lark.searchRecords({ appToken: appToken!, tableId }, countOnly);
    if (total !== (ownRows.get(tableId) ?? 0) + others) return false;
  }
  return true;
}
