import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { openEmbedded, openMysql, type Store } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { loadSnapshot } from './snapshot.ts';

export const MYSQL = process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306';
export const REDIS = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';

export type Backend = 'embedded' | 'services';

export interface TestStore {
  store: Store;
  /** The database's URL; undefined for the embedded one. */
  url?: string;
  /** Closes and, on a server, drops the database. */
  drop(): Promise<void>;
}

/** A migrated store without any programme: in memory, or a database of its own on the server. */
export async function testStore(backend: Backend): Promise<TestStore> {
  if (backend === 'embedded') {
    const store = await openEmbedded(undefined, loadSnapshot(inject('emptyStore')));
    return { store, drop: () => store.close() };
  }
  const name = `jiedui_test_${randomBytes(6).toString('hex')}`;
  const url = `${MYSQL}/${name}`;
  await onServer(sql`create database ${sql.id(name)}`);
  const store = openMysql(url);
  await migrate(store.db);
  return {
    store,
    url,
    drop: async () => {
      await store.close();
      await onServer(sql`drop database ${sql.id(name)}`);
    },
  };
}

async function onServer(statement: { execute(db: Store['db']): Promise<unknown> }): Promise<void> {
  const server = openMysql(`${MYSQL}/information_schema`);
  await statement.execute(server.db);
  await server.close();
}
