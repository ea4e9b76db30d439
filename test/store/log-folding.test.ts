import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { databaseOf, inSlices, openEmbedded } from '../../src/store/db.ts';
import { writeMeta } from '../../src/store/meta.ts';
import { migrate } from '../../src/store/migrate.ts';

test('writes in many slices reach the file soon, and none is lost', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  const store = await openEmbedded(dir);
  await migrate(store.db);
  const size = (end = '') => statSync(join(dir, `jiedui.sqlite${end}`)).size;
  const setting = async (name: string) =>
    Object.values((await sql.raw<Record<string, number>>(`pragma ${name}`).execute(store.db)).rows[0]!)[0];
  const before = [await setting('wal_autocheckpoint'), await setting('cache_size')];
  const small = size();
  let longest = 0;
  const slices = (from: number) =>
    inSlices(store.db, async (slices) => {
      for (let i = from; i < from + 40; i++) {
        await slices.run((trx) => writeMeta(trx, `fact ${i}`, 'x'.repeat(50_000)));
        longest = Math.max(longest, size('-wal'));
      }
    });
  await Promise.all([slices(0), slices(100)]);
  expect(size()).toBeGreaterThan(small + 3_000_000);
  expect(longest).toBeLessThan(4_000_000);
  expect([await setting('wal_autocheckpoint'), await setting('cache_size')]).toEqual(before);
  await store.close();
  const again = await openEmbedded(dir);
  const facts = await again.db.selectFrom('store_fact').select('name').where('name', 'like', 'fact %').execute();
  expect(facts).toHaveLength(80);
  expect(databaseOf(again.db)!.prepare('pragma quick_check').get()).toEqual({ quick_check: 'ok' });
  await again.close();
  rmSync(dir, { recursive: true });
});
