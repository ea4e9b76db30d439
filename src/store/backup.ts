import type { Kysely } from 'kysely';
import { type Db, readerOf } from './db.ts';
import { pupilFeeds, withNewColumns } from './first-edition.ts';
import { readMeta, writeMeta } from './meta.ts';
import { HASH } from './migrate.ts';
import { primaryKeys, type Tables } from './schema.ts';
import { inChunks, isSqlite, type Trx } from './transaction.ts';

/** The first line of a backup. The rows after it are `[table, row]`, one a line. */
export interface BackupHead {
  format: 'jiedui-backup';
  version: 1;
  app: string;
  /** The last migration of the program that made it. */
  schema: string;
}
export type BackupRow = [keyof Tables, Record<string, unknown>];

/** A backup that cannot be restored here; the message says why and what to do. */
export class BadBackup extends Error {}

const PAGE = 500;
/** The last migration of the first edition, whose tables lacked some columns (first-edition.ts). */
const FIRST_EDITION = '2026-11-22-03-feed-when';
const tables = Object.keys(primaryKeys) as (keyof Tables)[];

/** Everything in the store as of one moment, for either database: a head, then every row of every table. */
export async function* backupOf(trx: Db | Trx): AsyncGenerator<BackupHead | BackupRow> {
  yield { format: 'jiedui-backup', version: 1, app: (await readMeta(trx, 'app')) ?? '', schema: await schemaOf(trx) };
  for (const table of tables) for await (const row of rowsOf(trx, table)) yield [table, row];
}

/** Runs `work` on an unchanging view of the store. */
export function snapshot<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  const builder = readerOf(db).transaction();
  return (isSqlite(db) ? builder : builder.setIsolationLevel('repeatable read')).execute(work);
}

/** The rows of a table in the order of its key, page by page: neither dialect has a cursor here. */
async function* rowsOf(trx: Db | Trx, table: keyof Tables): AsyncGenerator<Record<string, unknown>> {
  const anyTable = trx as unknown as Kysely<Record<string, Record<string, unknown>>>;
  const keys: readonly string[] = primaryKeys[table];
  let last: Record<string, unknown> | undefined;
  for (;;) {
    let query = anyTable.selectFrom(table).selectAll().limit(PAGE);
    for (const key of keys) query = query.orderBy(key);
    if (last) {
      const from = last;
      // (a, b) > (x, y), written out: the planners of both databases use the key for it.
      query = query.where((eb) =>
        eb.or(
          keys.map((key, i) => eb.and([...keys.slice(0, i).map((k) => eb(k, '=', from[k])), eb(key, '>', from[key])])),
        ),
      );
    }
    const rows = await query.execute();
    yield* rows;
    if (rows.length < PAGE) return;
    last = rows.at(-1);
  }
}

/** Fills an empty store from a backup, in one transaction. Returns how many rows. Throws BadBackup. */
export async function restoreInto(trx: Trx, head: BackupHead, rows: AsyncIterable<BackupRow>): Promise<number> {
  if (head?.format !== 'jiedui-backup' || head.version !== 1) throw new BadBackup('this is not a backup of Jiedui');
  const ownSchema = await schemaOf(trx);
  if (head.schema !== ownSchema && head.schema !== FIRST_EDITION)
    throw new BadBackup(
      `the backup has schema ${head.schema}, this program ${ownSchema}; restore it with the version that made it, then upgrade`,
    );
  const app = await readMeta(trx, 'app');
  if (app !== undefined && app !== head.app)
    throw new BadBackup(
      `the backup belongs to app ${head.app}, this store to ${app}; restore it under LARK_APP_ID of that app, then run rebind`,
    );
  if (await trx.selectFrom('programme').select('id').limit(1).executeTakeFirst())
    throw new BadBackup('the store already holds a programme; restore into an empty one');
  const hash = await readMeta(trx, HASH);
  for (const table of tables) await trx.deleteFrom(table).execute();
  const older = head.schema === FIRST_EDITION;
  const feeds: Tables['feed'][] = [];
  let count = 0;
  let table: keyof Tables | undefined;
  let pending: Record<string, unknown>[] = [];
  const flush = async () => {
    if (table && pending.length > 0)
      await trx
        .insertInto(table)
        .values(pending as never)
        .execute();
    count += pending.length;
    pending = [];
  };
  for await (const [name, row] of rows) {
    if (!Object.hasOwn(primaryKeys, name)) throw new BadBackup(`unknown table ${String(name).slice(0, 40)}`);
    if (name !== table || pending.length >= PAGE) await flush();
    table = name;
    pending.push(older ? withNewColumns(name, row) : row);
    if (older && name === 'activity') feeds.push(...pupilFeeds(row));
  }
  await flush();
  for (const part of inChunks(feeds)) await trx.insertInto('feed').values(part).execute();
  // The migrations that made these tables, not those of the backup.
  if (hash !== undefined) await writeMeta(trx, HASH, hash);
  return count;
}

async function schemaOf(trx: Db | Trx): Promise<string> {
  const migrations = trx as unknown as Kysely<{ kysely_migration: { name: string } }>;
  const row = await migrations
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.name ?? '';
}
