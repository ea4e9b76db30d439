import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMeta } from '../../src/store/meta.ts';
import { HASH, migrate } from '../../src/store/migrate.ts';
import { primaryKeys } from '../../src/store/schema.ts';
import { isSqlite } from '../../src/store/transaction.ts';
import { backends, type TestStore, testStore } from '../support/store.ts';

describe.each(backends)('the tables (%s)', (backend) => {
  let test: TestStore;
  beforeAll(async () => {
    test = await testStore(backend);
    await migrate(test.store.db);
  });
  afterAll(() => test.drop());
  const done = () => test.store.db as unknown as Kysely<{ kysely_migration: { name: string; timestamp: string } }>;

  it('match the program’s tables, each created by one migration', async () => {
    const tables = await test.store.db.introspection.getTables();
    expect(tables.map((table) => table.name).sort()).toEqual(Object.keys(primaryKeys).sort());
    const names = (await done().selectFrom('kysely_migration').select('name').execute()).map((m) => m.name.slice(14));
    expect(names.sort()).toEqual(Object.keys(primaryKeys).sort());
  });

  it('are completed if their creation was interrupted, at any statement', async () => {
    const { db } = test.store;
    const drop = isSqlite(db) ? sql`drop index feed_activity` : sql`drop index feed_activity on feed`;
    await drop.execute(db);
    await done().deleteFrom('kysely_migration').where('name', '>', '2026-11-29-01').execute();
    await db.deleteFrom('store_fact').execute();
    expect((await migrate(db)).length).toBeGreaterThan(20);
    await drop.execute(db);
    await done().deleteFrom('kysely_migration').execute();
    await migrate(db);
    expect(await readMeta(db, HASH)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('of a changed migration file are refused', async () => {
    const { db } = test.store;
    await db.updateTable('store_fact').set({ value: 'another' }).where('name', '=', HASH).execute();
    await expect(migrate(db)).rejects.toThrow(/earlier version .*backup FILE.*restore FILE/);
    await db.deleteFrom('store_fact').execute();
    await migrate(db);
  });

  it('of the first edition are refused with migration instructions', async () => {
    const first = { name: '2026-11-21-01-meta', timestamp: '2026-11-21T00:00:00.000Z' };
    await done().insertInto('kysely_migration').values(first).execute();
    await expect(migrate(test.store.db)).rejects.toThrow(/earlier version .*2026-11-21-01-meta.*restore FILE/);
    await done().deleteFrom('kysely_migration').where('name', '=', first.name).execute();
  });
});
