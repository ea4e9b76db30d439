import { type ColumnDataType, type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely';

/**
 * Column types for SQLite and MySQL/MariaDB. Migrations import no other file of the program, and each of their statements may run twice.
 * Text is compared by bytes: MySQL's default collation makes `ou_ABC` equal to `OU_abc` and merges rare names.
 */
export function columns(db: Kysely<any>) {
  const type = (onMysql: RawBuilder<unknown> | ColumnDataType, onSqlite: ColumnDataType) =>
    isMysql(db) ? onMysql : onSqlite;
  return {
    /** An ASCII id or key. */
    id: type(sql`varchar(64) character set ascii collate ascii_bin`, 'text'),
    /** A longer ASCII key: identities of notices, event ids. */
    key: type(sql`varchar(190) character set ascii collate ascii_bin`, 'text'),
    /** A name that people write, stored trimmed and in NFC. */
    name: type('varchar(190)', 'text'),
    /** A short code of the program: a state, a kind. */
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
 * Creates a table, unless it exists, with strict types and text compared by bytes. `all: 'key'`: rows hold little besides their key,
 * so SQLite stores them in the index alone, as InnoDB always does.
 */
export function table<N extends string>(db: Kysely<any>, name: N, all?: 'key'): CreateTableBuilder<N> {
  const onSqlite = all === 'key' ? sql`strict, without rowid` : sql`strict`;
  const end = isMysql(db) ? sql`engine = InnoDB character set utf8mb4 collate utf8mb4_bin` : onSqlite;
  return db.schema.createTable(name).ifNotExists().modifyEnd(end) as CreateTableBuilder<N>;
}

/** Creates an index unless it exists; MySQL has no `if not exists` for indexes. */
export async function index(db: Kysely<any>, name: string, on: string, of: string[]): Promise<void> {
  if (isMysql(db)) {
    const there = await sql`select 1 from information_schema.statistics
      where table_schema = database() and table_name = ${on} and index_name = ${name} limit 1`.execute(db);
    if (there.rows.length > 0) return;
    await db.schema.createIndex(name).on(on).columns(of).execute();
  } else await db.schema.createIndex(name).ifNotExists().on(on).columns(of).execute();
}

const isMysql = (db: Kysely<any>) => !db.getExecutor().adapter.supportsReturning;
