import { randomUUID } from 'node:crypto';
import type { Ctx } from '../context.ts';
import { BASE_BATCH } from '../lark/base-calls.ts';
import { LarkRefused } from '../lark/refusal.ts';
import { type Mirror, type Mirrored, noteTouched } from '../store/mirror.ts';
import { markItems, takeMarks } from '../store/mirror-marks.ts';
import { dropRows, type MirrorRow, mirrorRows, putRows } from '../store/mirror-rows.ts';
import { type BaseWrite, claimTable, type MirrorTable, saveTable, stillHeld } from '../store/mirror-tables.ts';
import { type Trx, transact } from '../store/transaction.ts';
import { type Seen, wantedById } from './items.ts';
import { learn } from './learn.ts';
import { checksum, fieldsOf, type MirrorValues } from './lists.ts';
import { makeTable, putRight } from './make.ts';

/** Rows per call: the platform accepts twice as many, but then answers late. */
const ROWS = 500;
/** The platform remembers an idempotency key for at least an hour; after that the outcome is read back. */
const KEY_LIVES_MS = 50 * 60_000;
const MOST_WAIT_MS = 10 * 60_000;

/** `again`: more may wait. `later`: another process has the list, or it is not due. `stopped`: with the platform's code. */
export type Step = 'idle' | 'again' | 'later' | { stopped: number };

/**
 * Writes at most one batch of a list to the Base. The batch is stored before it goes out and kept until its outcome is known: after a
 * crash it is sent again under the same key, byte for byte.
 */
export async function writeStep(ctx: Ctx, mirror: Mirror, kind: Mirrored, seen: Seen): Promise<Step> {
  const { programmeId } = mirror;
  const begun = ctx.now();
  const held = await transact(ctx.db, async (trx) => {
    const table = await claimTable(trx, programmeId, kind, begun);
    if (!table || table.write || table.relearn || table.tables.length === 0) return table;
    const next = await plan(trx, programmeId, kind, table, seen, begun);
    if (typeof next === 'string') {
      await saveTable(trx, programmeId, kind, table);
      return next;
    }
    await saveTable(trx, programmeId, kind, { ...table, write: next }, { keep: table.lease });
    return { ...table, write: next };
  });
  if (held === undefined) return 'later';
  if (typeof held === 'string') return held;
  const settle = (table: MirrorTable, next: Parameters<typeof saveTable>[4] = {}, more?: (trx: Trx) => Promise<void>) =>
    transact(ctx.db, async (trx) => {
      if (!(await stillHeld(trx, programmeId, kind, held.lease))) return;
      await more?.(trx);
      await saveTable(trx, programmeId, kind, table, next);
    });
  const { tables, write, attempt } = held;
  try {
    if (tables.length === 0) {
      const id = await makeTable(ctx, mirror, kind, 0, seen.t);
      await settle({ tables: [{ id, others: 0 }], relearn: held.relearn });
      return 'again';
    }
    const tooOld = write?.op === 'create' && begun - write.since > KEY_LIVES_MS;
    if (held.relearn || tooOld) {
      const learnt = await learn(ctx, mirror, kind, tables, seen);
      await transact(ctx.db, async (trx) => {
        if (!(await stillHeld(trx, programmeId, kind, held.lease))) return;
        const counted = await learnt.store(trx);
        if (learnt.missing > 0) await noteTouched(trx, programmeId, { gone: learnt.missing });
        await markItems(trx, programmeId, kind, write?.rows.map((r) => r.item) ?? []);
        await saveTable(trx, programmeId, kind, { tables: counted });
      });
      return 'again';
    }
    const records = await send(ctx, mirror.appToken!, write!);
    await settle({ tables }, {}, (trx) => written(trx, programmeId, kind, write!, records));
    return 'again';
  } catch (error) {
    if (!(error instanceof LarkRefused)) throw error;
    const pause = Math.min(1_000 * 2 ** Math.min(attempt, 10), MOST_WAIT_MS);
    const waitMs = Math.max(pause, (error.retryAfterSeconds ?? 0) * 1_000);
    const again = { dueAt: ctx.now() + waitMs, attempt: attempt + 1 };
    if (error.retry === 'after' || error.retry === 'receiver' || error.retry === 'unknown_outcome') {
      await settle({ tables, write, relearn: held.relearn }, again);
      return 'later';
    }
    const table = await putRight(ctx, mirror, kind, { tables, write, relearn: held.relearn }, error, seen.t);
    if (!table) {
      await settle({ tables, write, relearn: held.relearn }, again);
      return { stopped: error.code };
    }
    const { freed = [], ...rest } = table;
    await settle(rest, attempt > 0 ? again : { attempt: attempt + 1 }, (trx) =>
      markItems(trx, programmeId, kind, freed),
    );
    return attempt > 0 ? 'later' : 'again';
  }
}

/**
 * The next batch of a list: marked rows of one table that need the same call; the others stay marked. `idle`: nothing is marked; `again`:
 * the marked rows were up to date already.
 */
async function plan(
  trx: Trx,
  programmeId: string,
  kind: Mirrored,
  { tables }: MirrorTable,
  seen: Seen,
  now: number,
): Promise<BaseWrite | 'idle' | 'again'> {
  const ids = await takeMarks(trx, programmeId, kind, ROWS);
  if (ids.length === 0) return 'idle';
  const wanted = await wantedById(trx, kind, ids, seen);
  const known = await mirrorRows(trx, programmeId, kind, ids);
  const all = ids.flatMap((item) => dueOf(item, wanted.get(item), known.get(item), kind, tables.at(-1)!.id, seen));
  // An item that is neither wanted nor in the Base need not be remembered.
  const nowhere = ids.filter((item) => !wanted.has(item) && known.get(item)?.recordId === '');
  await dropRows(trx, programmeId, kind, nowhere);
  const [first] = all;
  if (!first) return 'again';
  const alike = all.filter((due) => due.op === first.op && due.tableId === first.tableId);
  const chosen = alike.slice(0, Math.min(ROWS, BASE_BATCH[first.op]));
  const later = all.filter((due) => !chosen.includes(due)).map((due) => due.row.item);
  await markItems(trx, programmeId, kind, later);
  return { id: randomUUID(), op: first.op, tableId: first.tableId, since: now, rows: chosen.map((due) => due.row) };
}

type Due = Pick<BaseWrite, 'op' | 'tableId'> & { row: BaseWrite['rows'][number] };

/** What one row needs; undefined if the Base is up to date. */
function dueOf(
  item: string,
  values: MirrorValues | undefined,
  known: MirrorRow | undefined,
  kind: Mirrored,
  newTable: string,
  { t }: Seen,
): Due[] {
  const record = known?.recordId || undefined;
  if (!values)
    return record ? [{ op: 'delete', tableId: known!.tableId, row: { item, record, checksum: '', fields: {} } }] : [];
  const sum = checksum(values);
  const fields = fieldsOf(kind, values, t);
  if (!record) return [{ op: 'create', tableId: newTable, row: { item, checksum: sum, fields: filled(fields) } }];
  if (known!.checksum === sum) return [];
  return [{ op: 'update', tableId: known!.tableId, row: { item, record, checksum: sum, fields } }];
}

/** A new record has no cells to clear. */
const filled = <T>(fields: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

async function send({ lark, pace }: Ctx, appToken: string, { id, op, tableId, rows }: BaseWrite): Promise<string[]> {
  const at = { appToken, tableId };
  const method = `${op}Records`;
  await pace.turn(method, tableId);
  const fields = rows.map((r) => r.fields);
  if (op === 'create') return lark.createRecords(at, id, fields);
  const records = rows.map((r) => r.record!);
  if (op === 'update')
    await lark.updateRecords(
      at,
      records.map((recordId, i) => ({ recordId, fields: fields[i]! })),
    );
  else await lark.deleteRecords(at, records);
  return records;
}

async function written(trx: Trx, programmeId: string, kind: Mirrored, write: BaseWrite, records: string[]) {
  const { op, tableId, rows } = write;
  if (op === 'delete')
    return dropRows(
      trx,
      programmeId,
      kind,
      rows.map((r) => r.item),
    );
  const stored = rows.map((r, i) => ({ item: r.item, tableId, recordId: records[i] ?? '', checksum: r.checksum }));
  return putRows(trx, programmeId, kind, stored);
}
