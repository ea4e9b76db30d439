import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openCore } from '../../src/app/core.ts';
import { runCommand } from '../../src/cli/index.ts';
import { nightlyDumpJob } from '../../src/jobs/nightly-dump.ts';
import { testStore } from '../support/store.ts';
import { world } from '../support/world.ts';

const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('keeps seven nightly dumps of the embedded store, each of which can be restored', async () => {
  const w = await world();
  const ctx = { ...w.core.ctx, config: { ...w.core.ctx.config, dataDir: dir } };
  const night = Temporal.ZonedDateTime.from('2026-11-12T02:41[Asia/Shanghai]');
  for (let i = 0; i < 9; i++) await nightlyDumpJob.run(ctx, night.add({ days: i }).epochMilliseconds);
  const dumps = readdirSync(join(dir, 'backups'));
  expect(dumps.sort()).toEqual(['14', '15', '16', '17', '18', '19', '20'].map((day) => `2026-11-${day}.sqlite`));
  expect(statSync(join(dir, 'backups', dumps[6]!)).mode & 0o777).toBe(0o600);
  const fresh = await testStore('embedded');
  const core = await openCore(ctx.config, { store: fresh.store, log: ctx.log });
  const printed: string[] = [];
  const io = { out: (t: string) => void printed.push(t), err: (t: string) => void printed.push(t), cwd: dir };
  expect(await runCommand(['restore', `backups/${dumps[6]}`], io, ctx.config, core)).toBe(0);
  const names = (db: typeof ctx.db) => db.selectFrom('programme').select('name').execute();
  expect(await names(fresh.store.db)).toEqual(await names(ctx.db));
  await fresh.drop();
  await w.close();
});

it('restores nothing from a truncated dump', async () => {
  const w = await world();
  const ctx = { ...w.core.ctx, config: { ...w.core.ctx.config, dataDir: join(dir, 'cut') } };
  await nightlyDumpJob.run(ctx, Temporal.Instant.from('2026-11-12T00:00Z').epochMilliseconds);
  const [dump] = readdirSync(join(dir, 'cut', 'backups'));
  const file = join(dir, 'cut', 'backups', dump!);
  truncateSync(file, Math.floor(statSync(file).size / 8_192) * 4_096);
  const fresh = await testStore('embedded');
  const core = await openCore(ctx.config, { store: fresh.store, log: ctx.log });
  const printed: string[] = [];
  const io = { out: () => {}, err: (t: string) => void printed.push(t), cwd: dir };
  expect(await runCommand(['restore', file], io, ctx.config, core)).toBe(1);
  expect(printed.join('')).toContain('damaged\nnothing was changed');
  expect(await fresh.store.db.selectFrom('programme').selectAll().execute()).toEqual([]);
  await fresh.drop();
  await w.close();
});
