/** Private stores to measure on. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { openEmbedded, openMysql, type Store } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { mysqlUrl } from '../../test/support/services.ts';

export type Backend = 'embedded' | 'services';

/** Says which rows are skipped if no server answers, and how to get them. */
export function servicesMissing(what: string): void {
  console.log(
    `${what}: skipped, because no server answers. Set MYSQL_URL (mysql://root@127.0.0.1:3306) to one where databases may be created, TEST_REDIS_URL (redis://127.0.0.1:6379) to a Redis.`,
  );
}

/** An empty database on the server of `MYSQL_URL`. */
export async function scratchDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `jiedui_test_bench_${randomBytes(6).toString('hex')}`;
  const onServer = async (statement: ReturnType<typeof sql>) => {
    const server = openMysql(`${mysqlUrl}/information_schema`);
    await statement.execute(server.db);
    await server.close();
  };
  await onServer(sql`create database ${sql.id(name)} character set utf8mb4`);
  return { url: `${mysqlUrl}/${name}`, drop: () => onServer(sql`drop database ${sql.id(name)}`) };
}

/** An empty embedded store with its tables, in memory or in `dataDir`. */
export async function emptyStore(dataDir?: string): Promise<Store> {
  const store = await openEmbedded(dataDir);
  await migrate(store.db);
  return store;
}

/** An empty store with its tables: embedded in memory, or a database that closing it drops. */
export async function scratchStore(backend: Backend): Promise<Store & { url?: string }> {
  if (backend === 'embedded') return emptyStore();
  const { url, drop } = await scratchDatabase();
  const store = openMysql(url);
  await migrate(store.db);
  const close = async () => {
    await store.close();
    await drop();
  };
  return { ...store, url, close };
}
