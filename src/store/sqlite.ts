import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { KyselyPlugin, SqliteDatabase, SqliteStatement } from 'kysely';

/** Statements kept at once. A longer text is an insert of many rows, which seldom repeats with the same length. */
const KEPT = 500;
const LONGEST = 4_000;
/** Another program may read the file; only ours writes. */
const BUSY_MS = 1_000;

/**
 * One connection to a store file, or to a store in memory. Each write outside a transaction waits for the disk (`synchronous = full` with a
 * write-ahead log), so that acknowledged data survives a power cut; a transaction's caller waits after its commit (`transact`).
 */
export function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
    // A county's import touches more pages than the default two megabytes; memory is allocated as needed.
    database.exec('pragma cache_size = -16000');
    return comparingBytes(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A read-only connection; it sees the last commit and blocks no writer. */
export const connectReader = (file: string): DatabaseSync =>
  comparingBytes(new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS }));

/** `like` would match om_ABC for om_abc; every other comparison respects case. */
function comparingBytes(database: DatabaseSync): DatabaseSync {
  database.exec('pragma case_sensitive_like = on');
  return database;
}

/**
 * Adapts Node's SQLite to Kysely's driver interface. Statements are cached. Where it `writes`, a transaction begins `immediate`, since one
 * that reads first and writes later could otherwise be refused halfway, and its commit does not wait for the disk.
 */
export function adapt(database: DatabaseSync, writes: boolean): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>(writes ? transactionsOf(database) : []);
  return {
    prepare(text) {
      const cached = kept.get(text);
      if (cached) return cached;
      const statement = adaptStatement(database.prepare(text));
      if (text.length > LONGEST) return statement;
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
      kept.set(text, statement);
      return statement;
    },
    close: () => database.close(),
  };
}

/** The commit of a transaction is waited for by `transact`; every other write is on disk when its statement ends. */
function transactionsOf(database: DatabaseSync): [string, SqliteStatement][] {
  const executing = (text: string, sql: string): [string, SqliteStatement] => {
    const run = () => {
      try {
        database.exec(sql);
      } finally {
        // Also if it failed: the setting can only be changed outside a transaction.
        if (!database.isTransaction) database.exec('pragma synchronous = full');
      }
      return { changes: 0, lastInsertRowid: 0 };
    };
    return [text, { reader: false, run, all: () => [], iterate: () => [].values() }];
  };
  return [
    executing('begin', 'pragma synchronous = normal; begin immediate'),
    executing('commit', 'commit'),
    executing('rollback', 'rollback'),
  ];
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...values.map(bound)),
    run: (values) => statement.run(...values.map(bound)),
    iterate: (values) => statement.iterate(...values.map(bound)),
  };
}

const bound = (value: unknown): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : ((value ?? null) as SQLInputValue);

/** After this long without a turn of the event loop, the next statement yields. */
const HOLDS_MS = 15;
let turned = performance.now();

/**
 * SQLite runs in this thread without waiting: an import, an export or a recount of thousands of statements would block all other work.
 * Between two statements others have their turn.
 */
export const takingTurns: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  async transformResult({ result }) {
    if (performance.now() - turned < HOLDS_MS) return result;
    await new Promise<void>((resolve) => void setImmediate(resolve));
    turned = performance.now();
    return result;
  },
};
