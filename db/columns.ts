import { type ColumnDataType, type CreateTableBuilder, type Kysely, type RawBuilder, sql } from 'kysely';

/**
 * Column types that mean the same on PostgreSQL (PGlite) and MySQL/MariaDB. Migrations use nothing else of ours.
 * On MySQL the default collation would make `ou_ABC` equal to `OU_abc` and merge rare names, so both are told to compare bytes.
 */
export function columns(db: Kysely<any>) {
  const mysql = !db.getExecutor().adapter.supportsReturning;
  const type = (onMysql: RawBuilder<unknown>, elsewhere: ColumnDataType) => (mysql ? onMysql : elsewhere);
  return {
    /** An id or key made of ASCII. */
    id: type(sql`varchar(64) character set ascii collate ascii_bin`, 'varchar(64)'),
    /** A longer ASCII key: identities of notices, event ids. */
    key: type(sql`varchar(190) character set ascii collate ascii_bin`, 'varchar(190)'),
    /** A name that people write; NFC, trimmed by whoever stores it. */
    name: 'varchar(190)' as ColumnDataType,
    /** A short word of our own: a state, a kind. */
    word: type(sql`varchar(32) character set ascii collate ascii_bin`, 'varchar(32)'),
    /** `YYYY-MM-DD`, local. */
    date: type(sql`char(10) character set ascii collate ascii_bin`, 'char(10)'),
    /** Milliseconds since the epoch. */
    instant: 'bigint' as ColumnDataType,
    count: 'integer' as ColumnDataType,
    amount: 'double precision' as ColumnDataType,
    /** JSON or long text. */
    text: type(sql`longtext`, 'text'),
  };
}

/** Starts a table whose text compares by bytes on either database. */
export function table<N extends string>(db: Kysely<any>, name: N): CreateTableBuilder<N> {
  const mysql = !db.getExecutor().adapter.supportsReturning;
  const builder = db.schema.createTable(name);
  return (
    mysql ? builder.modifyEnd(sql`engine = InnoDB character set utf8mb4 collate utf8mb4_bin`) : builder
  ) as CreateTableBuilder<N>;
}
