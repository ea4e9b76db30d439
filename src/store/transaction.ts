import { type Insertable, type SelectQueryBuilder, sql, type Transaction } from 'kysely';
import type { Db } from './db.ts';
import type { Disk } from './disk.ts';
import { primaryKeys, type Tables } from './schema.ts';

export type Trx = Transaction<Tables>;

/** Deadlock or serialisation failure on MySQL: the whole transaction may be repeated. */
const REPEATABLE = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD', 'PROGRAMME_CHANGED']);
/** The programme has changed since it was read: decisions based on it are made again. */
export class ProgrammeChanged extends Error {
  readonly code = 'PROGRAMME_CHANGED';
}

/** SQLITE_BUSY: a program other than this one holds the file. */
const BUSY = 5;
const MAX_TRIES = 3;
const MAX_MS = 2_000;
/** Locks held this long stop other people's reports: something inside awaited the network. */
const TOO_LONG_MS = 5_000;

const watchers = new WeakMap<Db, (ms: number) => void>();

/** Reports every transaction of this database that was open too long. */
export function watchTransactions(db: Db, onTooLong: (ms: number) => void): void {
  watchers.set(db, onTooLong);
}

const disks = new WeakMap<Db, Disk>();

/** Commits of this database are on disk only when the disk says so. */
export function commitsTo(db: Db, disk: Disk): void {
  disks.set(db, disk);
}

/**
 * Runs `work` in one transaction (READ COMMITTED on MySQL; one at a time on SQLite), repeated at most three times within two seconds on
 * deadlock or a changed programme. `work` must use `trx` only: on the embedded store any other query inside waits for ever.
 */
export async function transact<T>(
  db: Db,
  work: (trx: Trx) => Promise<T>,
  onTooLong?: (ms: number) => void,
): Promise<T> {
  const result = await transactAhead(db, work, onTooLong);
  await disks.get(db)?.reached();
  return result;
}

/** The same for what is not acknowledged before a later `transact`: its commit may not be on disk yet. */
export async function transactAhead<T>(
  db: Db,
  work: (trx: Trx) => Promise<T>,
  onTooLong?: (ms: number) => void,
): Promise<T> {
  const once = () =>
    db.transaction().execute(async (trx) => {
      if (isSqlite(trx)) await turn();
      return work(trx);
    });
  return repeated(db, once, onTooLong);
}

/** The same for a single statement: on a server it needs no `begin` and no `commit`. */
export async function transactOne<T>(db: Db, statement: (db: Db) => Promise<T>): Promise<T> {
  return isSqlite(db) ? transact(db, statement) : repeated(db, () => statement(db));
}

async function repeated<T>(
  db: Db,
  once: () => Promise<T>,
  onTooLong: (ms: number) => void = watchers.get(db) ?? (() => {}),
): Promise<T> {
  const begun = performance.now();
  for (let attempt = 1; ; attempt++) {
    const started = performance.now();
    try {
      return await once();
    } catch (error) {
      const { code = '', errcode = 0 } = error as { code?: string; errcode?: number };
      const mayRepeat = REPEATABLE.has(code) || (errcode & 0xff) === BUSY;
      if (!mayRepeat || attempt >= MAX_TRIES || performance.now() - begun > MAX_MS) throw error;
    } finally {
      const took = performance.now() - started;
      if (took > TOO_LONG_MS) onTooLong(Math.round(took));
    }
  }
}

/**
 * Lets the process look at its sockets. SQLite runs in this thread without waiting, so queued transactions would run as one piece of work.
 */
export const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** Long enough to make progress, short enough for everything else. */
const HOLDS_MS = 15;

/** For long loops of this thread: `await` its result in each round, and other work has its turn when due. */
export function breathing(): () => Promise<void> | undefined {
  let begun = performance.now();
  return () => {
    if (performance.now() - begun < HOLDS_MS) return undefined;
    return turn().then(() => {
      begun = performance.now();
    });
  };
}

/** Work in slices: each in a separate transaction, or all of them in the one that the caller has begun. */
export interface Slices {
  run<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
  /** The same, but not acknowledged before a later `run`: it need not wait for the disk by itself. */
  ahead<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
  /** Others see the result of one slice before the next one begins. */
  apart: boolean;
}

export function slicesOf(db: Db | Trx): Slices {
  const run: Slices['run'] = (work) => (db.isTransaction ? work(db as Trx) : transact(db, work));
  return { run, ahead: run, apart: !db.isTransaction };
}

/** Runs a computation in steps to its end, and lets the process look at its sockets in between. */
export async function inTurns<T>(steps: Generator<unknown, T>): Promise<T> {
  for (let begun = performance.now(); ; ) {
    const { done, value } = steps.next();
    if (done) return value as T;
    if (performance.now() - begun < HOLDS_MS) continue;
    await turn();
    begun = performance.now();
  }
}

/**
 * Locks the rows that a query finds until the transaction ends: `query.$call(locking(trx))`. SQLite has no such lock and needs none, since
 * its transactions run one after another.
 */
export const locking =
  (trx: Trx) =>
  <D, T extends keyof D, O>(query: SelectQueryBuilder<D, T, O>): SelectQueryBuilder<D, T, O> =>
    isSqlite(trx) ? query : query.forUpdate();

/** Whether this is SQLite (the embedded store) rather than MySQL. */
export function isSqlite(db: Db | Trx): boolean {
  return Boolean(db.getExecutor().adapter.supportsReturning);
}

/**
 * Inserts a row unless one with its key exists; returns whether it was new. SQLite does nothing on conflict and reports how many it
 * inserted; MySQL's `on duplicate key update` cannot tell new from old.
 */
export async function insertOnce<T extends keyof Tables & string>(
  trx: Trx,
  table: T,
  row: Insertable<Tables[T]>,
): Promise<boolean> {
  return insertAllOrSome(trx, table, [row]);
}

/** The same for several rows in one statement; true if all were new. If not, the new ones may or may not be stored. */
export async function insertAllOrSome<T extends keyof Tables & string>(
  trx: Trx,
  table: T,
  rows: Insertable<Tables[T]>[],
): Promise<boolean> {
  if (isSqlite(trx)) {
    const result = await trx
      .insertInto(table)
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return Number(result.numInsertedOrUpdatedRows ?? 0) === rows.length;
  }
  try {
    await trx.insertInto(table).values(rows).execute();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'ER_DUP_ENTRY') return false;
    throw error;
  }
}

/**
 * Inserts the rows whose keys are free, in few statements. The caller makes the ids and finds by them which were inserted. Not `insert
 * ignore`: that would also swallow values that do not fit.
 */
export async function insertMissing<T extends keyof Tables & string>(
  trx: Trx,
  table: T,
  rows: Insertable<Tables[T]>[],
): Promise<void> {
  for (const part of inChunks(rows)) {
    const insert = trx.insertInto(table).values(part);
    const key = primaryKeys[table][0]!;
    const ignoring = isSqlite(trx)
      ? insert.onConflict((conflict) => conflict.doNothing())
      : insert.onDuplicateKeyUpdate({ [key]: sql.ref(key) } as never);
    await ignoring.execute();
  }
}

/**
 * Keeps a joined column from being the start of a plan. Both planners assume that a programme has few rows, and begin there or read them
 * all for each row: right while the store is young, but the plan is kept. A column joined to an expression is looked up by its key.
 */
export const arriving = (column: string) => sql<string>`concat(${sql.ref(column)}, '')`;

/** Splits rows so that one statement stays far below both engines' limits on parameters and packet size. */
export function* inChunks<T>(rows: readonly T[], size = 500): Generator<T[]> {
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}
