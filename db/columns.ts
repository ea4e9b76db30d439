import { type ColumnDataType, type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely';

/**
 * Column types that mean the same on SQLite and MySQL/MariaDB. Migrations use nothing else of ours, and each of their
 * statements may run again: a process that was killed between two of them begins anew.
 * On MySQL the default collation would make `ou_ABC` equal to `OU_abc` and merge rare names, so it is told to compare bytes.
 */
export function columns(db: Kysely<any>) {
  const type = (onMysql: RawBuilder<unknown> | ColumnDataType, onSqlite: ColumnDataType) =>
    isMysql(db) ? onMysql : onSqlite;
  return {
    /** An id or key made of ASCII. */
    id: type(sql`varchar(64) character set ascii collate ascii_bin`, 'text'),
    /** A longer ASCII key: identities of notices, event ids. */
    key: type(sql`varchar(190) character set ascii collate ascii_bin`, 'text'),
    /** A name that people write; NFC, trimmed by whoever stores it. */
    name: type('varchar(190)', 'text'),
    /** A short word of our own: a state, a kind. */
    word: type(sql`varchar(32) character set ascii collate ascii_bin`, 'text'),
    /** `YYYY-MM-DD`, local. */
    date: type(sql`char(10) character set ascii collate ascii_bin`, 'text'),
    /** Milliseconds since the epoch. */
    instant: type('bigint', 'integer'),
    count: 'integer' as ColumnDataType,
    amount: type('double precision', 'real'),
    /** JSON or long text. */
    text: type(sql`longtext`, 'text'),
  };
}

/**
 * Starts a table, unless it is there, that compares text by bytes and refuses what is not of a column's type. `all: 'key'`: its rows
 * are little more than their key, and SQLite keeps them in its index alone, as InnoDB does with every table.
 */
export function table<N extends string>(db: Kysely<any>, name: N, all?: 'key'): CreateTableBuilder<N> {
  const onSqlite = all === 'key' ? sql`strict, without rowid` : sql`strict`;
  const end = isMysql(db) ? sql`engine = InnoDB character set utf8mb4 collate utf8mb4_bin` : onSqlite;
  return db.schema.createTable(name).ifNotExists().modifyEnd(end) as CreateTableBuilder<N>;
}

/** Makes an index, unless it is there. MySQL knows no `if not exists` for one. */
export async function index(db: Kysely<any>, name: string, on: string, of: string[]): Promise<void> {
  if (isMysql(db)) {
    const there = await sql`select 1 from information_schema.statistics
      where table_schema = database() and table_name = ${on} and index_name = ${name} limit 1`.execute(db);
    if (there.rows.length > 0) return;
    await db.schema.createIndex(name).on(on).columns(of).execute();
  } else await db.schema.createIndex(name).ifNotExists().on(on).columns(of).execute();
}

const isMysql = (db: Kysely<any>) => !db.getExecutor().adapter.supportsReturning;
