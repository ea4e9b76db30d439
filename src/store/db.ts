import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, type Logger, MysqlDialect, PGliteDialect, sql } from 'kysely';
import { createPool } from 'mysql2';
import { preparing } from './prepared.ts';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;

export interface Store {
  db: Db;
  /** The embedded engine, which the queue shares; absent on MySQL. */
  pglite?: PGlite;
  /** Whether the store answers now. */
  ready(): Promise<boolean>;
  /** Undefined when a connection can be made, else the reason why not, without secrets. */
  reach(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** How many connections one process opens to MySQL. Clicks and reports are short transactions. */
const CONNECTIONS = 10;

/**
 * Opens the embedded store (PostgreSQL in this process) in `dataDir`, or in memory. The caller holds the directory's
 * lock: PGlite itself opens one directory twice without complaint.
 */
export async function openEmbedded(dataDir: string | undefined, snapshot?: Blob): Promise<Store> {
  if (dataDir) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const pglite = await PGlite.create({
    ...(dataDir ? { dataDir: join(dataDir, 'store') } : {}),
    ...(snapshot ? { loadDataDir: snapshot } : {}),
    // Counts arrive as BigInt otherwise, which neither JSON nor arithmetic likes.
    parsers: { 20: Number },
  });
  return storeOf(new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: preparing(pglite) }) }), pglite);
}

/** Gives back the space of dead rows, the queue's too, table by table so that no statement holds everybody up for long. */
export async function tidyEmbedded(db: Db): Promise<void> {
  const ours = sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_tables
    where schemaname in ('public', 'bullmq')`;
  for (const { name } of (await ours.execute(db)).rows) await sql`vacuum analyze ${sql.table(name)}`.execute(db);
}

/**
 * Opens MySQL or MariaDB by URL. Connections come and go by themselves; an unreachable server is told by `ready`. `log` is
 * told each statement: for those who look at what is asked.
 */
export function openMysql(url: string, log?: Logger): Store {
  const pool = createPool({
    uri: url,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    connectionLimit: CONNECTIONS,
    connectTimeout: 5_000,
    enableKeepAlive: true,
    // Without it `affected rows` counts changed rows only, and a claim that writes the same value looks lost.
    flags: ['+FOUND_ROWS'],
  });
  // Once for each connection rather than once for each transaction.
  pool.on('connection', (connection) => {
    connection.query('set session transaction isolation level read committed', (error: Error | null) => {
      if (error) connection.destroy();
    });
  });
  return storeOf(new Kysely<Tables>({ dialect: new MysqlDialect({ pool }), ...(log ? { log } : {}) }));
}

function storeOf(db: Db, pglite?: PGlite): Store {
  return {
    db,
    pglite,
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
