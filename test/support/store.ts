import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { openEmbedded, openMysql, type Store } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { mysqlUrl, redisUrl } from './services.ts';
import { loadSnapshot } from './snapshot.ts';

export type Backend = 'embedded' | 'services';

export interface TestStore {
  store: Store;
  /** The database's URL; undefined for the embedded one. */
  url?: string;
  /** Closes and, on a server, drops the database. */
  drop(): Promise<void>;
}

/** The backends a suite runs on; where the services do not answer, services.ts says so loudly. */
export const backends: Backend[] = mysqlUrl && redisUrl ? ['embedded', 'services'] : ['embedded'];

/** A migrated store without any programme: in memory, or a database of its own on the server. */
export async function testStore(backend: Backend): Promise<TestStore> {
  if (backend === 'embedded') {
    const store = await openEmbedded(undefined, loadSnapshot(inject('emptyStore')));
    return { store, drop: () => store.close() };
  }
  const name = `jiedui_test_${randomBytes(6).toString('hex')}`;
  const url = `${mysqlUrl}/${name}`;
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
  const server = openMysql(`${mysqlUrl}/information_schema`);
  await statement.execute(server.db);
  await server.close();
}
