import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { openEmbedded, openMysql, type Store } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { primaryKeys } from '../../src/store/schema.ts';
import { mysqlUrl, redisUrl } from './services.ts';

export type Backend = 'embedded' | 'services';

export interface TestStore {
  store: Store;
  /** The database's URL; undefined for the embedded one. */
  url?: string;
  /** Empties it and returns it for the next test of this process: creating one takes a hundred times as long as emptying it. */
  drop(): Promise<void>;
}

/** The backends that a suite runs on; if the services do not answer, services.ts says so loudly. */
export const backends: Backend[] = mysqlUrl && redisUrl ? ['embedded', 'services'] : ['embedded'];

const emptied: { embedded: Store[]; services: string[] } = { embedded: [], services: [] };

/** A migrated store without any programme: in memory, or a separate database on the server. */
export async function testStore(backend: Backend): Promise<TestStore> {
  if (backend === 'embedded') {
    const store = emptied.embedded.pop() ?? (await openEmbedded(undefined));
    await migrate(store.db);
    return { store, drop: () => giveBackEmbedded(store) };
  }
  const url = emptied.services.pop() ?? (await createDatabase());
  const store = openMysql(url);
  return { store, url, drop: () => giveBackDatabase(store, url) };
}

/** The databases of a run contain its name; snapshot.ts drops them all after the last test. */
async function createDatabase(): Promise<string> {
  const name = `jiedui_test_${inject('run')}_${randomBytes(6).toString('hex')}`;
  await onServer((db) => sql`create database ${sql.id(name)}`.execute(db));
  const url = `${mysqlUrl}/${name}`;
  const store = openMysql(url);
  await migrate(store.db);
  await store.close();
  return url;
}

async function giveBackEmbedded(store: Store): Promise<void> {
  // A story may have closed its store, as an operator does.
  if (await store.reach()) return;
  for (const table of Object.keys(primaryKeys)) await sql`delete from ${sql.table(table)}`.execute(store.db);
  emptied.embedded.push(store);
}

async function giveBackDatabase(store: Store, url: string): Promise<void> {
  // A story may have closed its store, as an operator does.
  await store.close();
  const reopened = openMysql(url);
  for (const table of Object.keys(primaryKeys)) await sql`delete from ${sql.table(table)}`.execute(reopened.db);
  await reopened.close();
  emptied.services.push(url);
}

/** Works on the server outside the databases. */
async function onServer<T>(work: (db: Store['db']) => Promise<T>): Promise<T> {
  const server = openMysql(`${mysqlUrl}/information_schema`);
  return work(server.db).finally(() => server.close());
}
