import type { DatabaseSync } from 'node:sqlite';
import { Kysely, type Logger, MysqlDialect, SqliteDialect, sql } from 'kysely';
import { type Disk, diskUnder } from './disk.ts';
import { openStoreFile } from './embedded.ts';
import { writingMuch } from './log-folding.ts';
import type { Tables } from './schema.ts';
import { adapt, connect, connectReader, takingTurns } from './sqlite.ts';
import { commitsTo, type Slices, slicesOf, type Trx, transactAhead } from './transaction.ts';

export type Db = Kysely<Tables>;

export interface Store {
  db: Db;
  /** Whether it lives in this process, in DATA_DIR or in memory. */
  embedded: boolean;
  /** Whether the store answers now. */
  ready(): Promise<boolean>;
  /** Undefined when a connection can be made, else the reason why not, without secrets. */
  reach(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** How many connections one process opens to MySQL. Clicks and reports are short transactions. */
const CONNECTIONS = 10;

/**
 * Opens the embedded store (SQLite in this process) in `dataDir`, or in memory. The caller holds the directory's lock. Throws
 * BadStore. `restoring`: as for openStoreFile.
 */
export async function openEmbedded(dataDir: string | undefined, restoring = false): Promise<Store> {
  if (!dataDir) {
    const database = connect(':memory:');
    const db = new Kysely<Tables>({ dialect: writing(database), plugins: [takingTurns] });
    return embeddedStore({ database, db, reader: db });
  }
  const { database, file } = openStoreFile(dataDir, restoring);
  const db = new Kysely<Tables>({ dialect: writing(database), plugins: [takingTurns] });
  const disk = diskUnder(file);
  commitsTo(db, disk);
  const reader = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: async () => adapt(connectReader(file), false) }),
    plugins: [takingTurns],
  });
  return embeddedStore({ database, db, reader, file, disk });
}

const writing = (database: DatabaseSync) => new SqliteDialect({ database: adapt(database, true) });

/** What an embedded store is made of: the connection that writes, bare and as Kysely's, and the one for readers. */
type Parts = { database: DatabaseSync; db: Db; reader: Db; file?: string; disk?: Disk };

const embedded = new WeakMap<Db, Parts>();

function embeddedStore(parts: Parts): Store {
  const { database, db, reader, disk } = parts;
  embedded.set(db, parts);
  const close = async () => {
    // The writing connection closes last: only it can fold the log into the file.
    if (reader !== db) await reader.destroy();
    await db.destroy();
    if (database.isOpen) database.close();
    await disk?.close();
  };
  return { ...storeOf(reader), db, embedded: true, close };
}

/** The same store for slow readers: on the embedded store, a connection that waits for no writer. */
export const readerOf = (db: Db): Db => embedded.get(db)?.reader ?? db;

/**
 * Work in slices, for large writes. On the embedded store another thread folds the log meanwhile; given a transaction, everything happens
 * in that one.
 */
export async function inSlices<T>(db: Db | Trx, work: (slices: Slices) => Promise<T>): Promise<T> {
  const slices = slicesOf(db);
  const { database, file } = embedded.get(db) ?? {};
  if (!database || !file) return work(slices);
  const alone = (work: () => Promise<void>) => db.connection().execute(work);
  return writingMuch({ database, file, alone }, (committed) => {
    const then = async <R>(done: Promise<R>) => {
      const result = await done;
      await committed();
      return result;
    };
    return work({
      ...slices,
      run: (slice) => then(slices.run(slice)),
      // A commit that is on disk has all earlier ones before it.
      ahead: (slice) => then(transactAhead(db as Db, slice)),
    });
  });
}

/** The bare connection of an embedded store; undefined on a server. */
export const databaseOf = (db: Db): DatabaseSync | undefined => embedded.get(db)?.database;

/**
 * Opens MySQL or MariaDB by URL. Connections come and go by themselves; `ready` reports an unreachable server. `log` gets each statement,
 * for inspecting queries.
 */
export function openMysql(url: string, log?: Logger): Store {
  return storeOf(
    new Kysely<Tables>({ dialect: new MysqlDialect({ pool: () => poolOf(url) }), ...(log ? { log } : {}) }),
  );
}

async function poolOf(url: string) {
  const { createPool } = await import('mysql2');
  const pool = createPool({
    uri: url,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    connectionLimit: CONNECTIONS,
    connectTimeout: 5_000,
    enableKeepAlive: true,
    // Without this flag `affected rows` counts only changed rows, and a claim that writes the same value looks lost.
    flags: ['+FOUND_ROWS'],
  });
  // Once per connection rather than once per transaction.
  pool.on('connection', (connection) => {
    connection.query('set session transaction isolation level read committed', (error: Error | null) => {
      if (error) connection.destroy();
    });
  });
  return pool;
}

function storeOf(db: Db): Store {
  return {
    db,
    embedded: false,
    ready: () => Promise.race([reach(db).then((reason) => reason === undefined), after(2_000, false)]),
    reach: () => Promise.race([reach(db), after(6_000, 'no answer')]),
    close: () => db.destroy(),
  };
}

async function reach(db: Db): Promise<string | undefined> {
  try {
    await sql`select 1`.execute(db);
    return undefined;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    // MySQL's own words name the user and host, never the password.
    return [code, message].filter(Boolean).join(' ');
  }
}

const after = <T>(ms: number, value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, ms, value).unref());
