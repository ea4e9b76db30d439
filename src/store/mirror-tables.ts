import type { Db } from './db.ts';
import type { Mirrored } from './mirror.ts';
import { insertOnce, locking, type Trx } from './transaction.ts';

/** One write to a Base table. Its content is frozen while its outcome is open, so that it can be repeated under the same id. */
export interface BaseWrite {
  /** UUIDv4: the platform's key against doubling. */
  id: string;
  op: 'create' | 'update' | 'delete';
  tableId: string;
  /** When it was first tried, epoch milliseconds. */
  since: number;
  rows: { item: string; record?: string; checksum: string; fields: Record<string, string | number | boolean | null> }[];
}

/** The Base tables of one list: each holds a limited number of records, the last one takes new ones. */
export interface MirrorTable {
  tables: { id: string /** Records that are not ours, when all were last counted. */; others: number }[];
  write?: BaseWrite;
  /** The Base must be read back before anything else is written. */
  relearn?: true;
}

/** After this time another process treats a write as dead; reading all ids back takes minutes. */
const LEASE_MS = 120_000;
const LONG_LEASE_MS = 15 * 60_000;

/** A list that this process holds, until `lease` (epoch milliseconds). */
export type HeldTable = MirrorTable & { attempt: number; lease: number };

/** Takes the list for this process, for `long` if all of it is read; undefined if another process has it, or it is not due. */
export async function claimTable(
  trx: Trx,
  programmeId: string,
  kind: Mirrored,
  now: number,
  long = false,
): Promise<HeldTable | undefined> {
  const query = trx.selectFrom('mirror_table').selectAll().where('programme_id', '=', programmeId);
  const row = await query.where('kind', '=', kind).$call(locking(trx)).executeTakeFirst();
  if (row && (Number(row.lease_until) > now || Number(row.due_at) > now)) return undefined;
  const found = row && (JSON.parse(row.body) as MirrorTable);
  const lease = now + (long || found?.relearn || found?.write ? LONG_LEASE_MS : LEASE_MS);
  if (!row) {
    const fresh = {
      programme_id: programmeId,
      kind,
      attempt: 0,
      due_at: now,
      body: '{"tables":[]}',
      lease_until: lease,
    };
    return (await insertOnce(trx, 'mirror_table', fresh)) ? { tables: [], attempt: 0, lease } : undefined;
  }
  await trx
    .updateTable('mirror_table')
    .set({ lease_until: lease })
    .where('programme_id', '=', programmeId)
    .where('kind', '=', kind)
    .execute();
  return { ...found!, attempt: row.attempt, lease };
}

/** Whether this process still holds the list, which another may have taken over. Holds it until the transaction ends. */
export async function stillHeld(trx: Trx, programmeId: string, kind: Mirrored, lease: number): Promise<boolean> {
  const query = trx.selectFrom('mirror_table').select('lease_until').where('programme_id', '=', programmeId);
  const row = await query.where('kind', '=', kind).$call(locking(trx)).executeTakeFirst();
  return Number(row?.lease_until) === lease;
}

/** Stores the state of a list. The lease ends unless it is kept; `dueAt` delays the next attempt. */
export async function saveTable(
  trx: Trx,
  programmeId: string,
  kind: Mirrored,
  { tables, write, relearn }: MirrorTable,
  next: { keep?: number; dueAt?: number; attempt?: number } = {},
): Promise<void> {
  const body = JSON.stringify({ tables, write, relearn } satisfies MirrorTable);
  await trx
    .updateTable('mirror_table')
    .set({ body, lease_until: next.keep ?? 0, due_at: next.dueAt ?? 0, attempt: next.attempt ?? 0 })
    .where('programme_id', '=', programmeId)
    .where('kind', '=', kind)
    .execute();
}

/** In an embedded store, every lease belongs to a process that has ended. */
export async function voidTableLeases(db: Db): Promise<void> {
  await db.updateTable('mirror_table').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
}
