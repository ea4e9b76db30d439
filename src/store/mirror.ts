import type { Ymd } from '../plan/dates.ts';
import type { Db } from './db.ts';
import { inChunks, insertMissing, insertOnce, locking, type Trx, transact } from './transaction.ts';

export const MIRRORED = ['schools', 'pairings', 'obligations', 'activities'] as const;
export type Mirrored = (typeof MIRRORED)[number];

/**
 * `wanted`: to be made. `stopped`: the platform refuses it until somebody has put something right. `off`: by somebody's wish;
 * what is in the Base stays there.
 */
export type MirrorState = 'wanted' | 'on' | 'stopped' | 'off';

/** The Base of a programme. */
export interface Mirror {
  programmeId: string;
  state: MirrorState;
  /** Undefined until it is made. */
  appToken?: string;
  url?: string;
  /** The table that the platform has made with it, until there is another one. */
  emptyTable?: string;
  /** Where somebody has it who shared it with the app; else the app has made it. */
  place?: string;
  /** Whether it tells names of staff and their own words. */
  names?: true;
  /** Who asked for it and hears of it. */
  byId: string;
  /** The platform's code for which it is stopped. */
  code?: number;
  /** The programme's version of which all rows were compared last, and the day on which they were. */
  compared?: { version: number; day: Ymd };
  /** The day on which it was last looked at for what people had changed there. */
  checkedOn?: Ymd;
  /** What people have changed there of which nobody has been told yet. */
  touched?: { edited: number; gone: number };
}

export async function mirrorOf(db: Db | Trx, programmeId: string): Promise<Mirror | undefined> {
  const row = await db.selectFrom('mirror').selectAll().where('programme_id', '=', programmeId).executeTakeFirst();
  return row && fromRow(row);
}

export async function listMirrors(db: Db | Trx): Promise<Mirror[]> {
  return (await db.selectFrom('mirror').selectAll().orderBy('programme_id').execute()).map(fromRow);
}

export async function saveMirror(trx: Trx, { programmeId, state, appToken, ...body }: Mirror): Promise<void> {
  const row = { state, app_token: appToken ?? null, body: JSON.stringify(body) };
  if (await insertOnce(trx, 'mirror', { programme_id: programmeId, ...row })) return;
  await trx.updateTable('mirror').set(row).where('programme_id', '=', programmeId).execute();
}

/** Changes what is known of a mirror, whatever else has changed of it meanwhile. */
export async function changeMirror(
  trx: Trx,
  programmeId: string,
  change: (mirror: Mirror) => Partial<Mirror>,
): Promise<Mirror | undefined> {
  const mirror = await lockMirror(trx, programmeId);
  if (!mirror) return undefined;
  const after = { ...mirror, ...change(mirror) };
  await saveMirror(trx, after);
  return after;
}

/** Notes what people have changed in the Base. */
export const noteTouched = (trx: Trx, programmeId: string, more: { edited?: number; gone?: number }) =>
  changeMirror(trx, programmeId, ({ touched: { edited, gone } = { edited: 0, gone: 0 } }) => ({
    touched: { edited: edited + (more.edited ?? 0), gone: gone + (more.gone ?? 0) },
  }));

/** Reads a mirror and keeps others from changing it until the transaction ends. */
async function lockMirror(trx: Trx, programmeId: string): Promise<Mirror | undefined> {
  const query = trx.selectFrom('mirror').selectAll().where('programme_id', '=', programmeId);
  const row = await query.$call(locking(trx)).executeTakeFirst();
  return row && fromRow(row);
}

type Row = { programme_id: string; state: string; app_token: string | null; body: string };
const fromRow = (r: Row): Mirror => ({
  programmeId: r.programme_id,
  state: r.state as MirrorState,
  ...(r.app_token && { appToken: r.app_token }),
  ...(JSON.parse(r.body) as Pick<Mirror, 'byId'>),
});

/** Notes that something may differ from what is in the Base, where the programme has one. */
export async function markChanged(trx: Trx, programmeId: string, ids: { [K in Mirrored]?: string[] }): Promise<void> {
  const mirror = await trx
    .selectFrom('mirror')
    .select('state')
    .where('programme_id', '=', programmeId)
    .executeTakeFirst();
  if (!mirror || mirror.state === 'off') return;
  for (const [kind, list] of Object.entries(ids)) await markItems(trx, programmeId, kind as Mirrored, list ?? []);
}

export const markItems = (trx: Trx, programmeId: string, kind: Mirrored, ids: string[]): Promise<void> =>
  insertMissing(
    trx,
    'mirror_mark',
    [...new Set(ids)].map((item_id) => ({ programme_id: programmeId, kind, item_id })),
  );

/**
 * Takes the first marks of a list away and gives their ids. Whatever changes afterwards is marked again, so they are to be
 * taken before what they are about is read.
 */
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

/** One write to a Base table. Its content is frozen while its outcome is open, so that it can be repeated under its id. */
export interface BaseWrite {
  /** UUIDv4: the platform's key against doubling. */
  id: string;
  op: 'create' | 'update' | 'delete';
  tableId: string;
  /** When it was first tried, epoch milliseconds. */
  since: number;
  rows: { item: string; record?: string; checksum: string; fields: Record<string, string | number | boolean | null> }[];
}

/** The Base tables of one list: a table holds so many records and no more, the last one takes new ones. */
export interface MirrorTable {
  tables: { id: string /** Records that are not ours, when all were last counted. */; others: number }[];
  write?: BaseWrite;
  /** What the Base really holds is to be learnt before anything else is written. */
  relearn?: true;
}

/** How long one write may take before another process takes it for dead; reading all ids back takes minutes. */
const LEASE_MS = 120_000;
const LONG_LEASE_MS = 15 * 60_000;

/** A list that this process has, until `lease` (epoch milliseconds). */
export type HeldTable = MirrorTable & { attempt: number; lease: number };

/** Takes the list for this process, for `long` where all of it is read; undefined where another one has it, or where it is not due. */
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

/** Whether this process still has the list: another one may have taken it for dead. Nobody takes it before the transaction ends. */
export async function stillHeld(trx: Trx, programmeId: string, kind: Mirrored, lease: number): Promise<boolean> {
  const query = trx.selectFrom('mirror_table').select('lease_until').where('programme_id', '=', programmeId);
  const row = await query.where('kind', '=', kind).$call(locking(trx)).executeTakeFirst();
  return Number(row?.lease_until) === lease;
}

/** Stores how a list stands. The lease ends unless it is kept; with `dueAt` nothing is tried before. */
export async function saveTable(
  trx: Trx,
  programmeId: string,
  kind: Mirrored,
  { tables, write, relearn }: MirrorTable,
  then: { keep?: number; dueAt?: number; attempt?: number } = {},
): Promise<void> {
  const body = JSON.stringify({ tables, write, relearn } satisfies MirrorTable);
  await trx
    .updateTable('mirror_table')
    .set({ body, lease_until: then.keep ?? 0, due_at: then.dueAt ?? 0, attempt: then.attempt ?? 0 })
    .where('programme_id', '=', programmeId)
    .where('kind', '=', kind)
    .execute();
}

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

/** What is known of these items, by item. */
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

/** What is known in order of item, after `after` up to and with `last`. */
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

/** How many records of ours each Base table holds. */
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

/** Stores what is known of items, in place of what was. */
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

/** Nobody knows any more what the records of a list say: each is written anew when it is next compared. In slices. */
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

/** An embedded store has no other process: whoever held a list is dead. */
export async function voidTableLeases(db: Db): Promise<void> {
  await db.updateTable('mirror_table').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
}
