import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { openCore } from '../../src/app/core.ts';
import { textsOf } from '../../src/cards/index.ts';
import { runCommand } from '../../src/cli/index.ts';
import { readConfig } from '../../src/config.ts';
import type { Activity } from '../../src/plan/activity.ts';
import type { BackupHead, BackupRow } from '../../src/store/backup.ts';
import { HASH, migrate } from '../../src/store/migrate.ts';
import { obligationOf } from '../../src/store/obligations.ts';
import { programmeReader } from '../../src/store/programmes.ts';
import { activitiesOfPupil } from '../../src/store/pupil-activities.ts';
import { primaryKeys, type Tables } from '../../src/store/schema.ts';
import { type Backend, backends, type TestStore, testStore } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const ways = backends.flatMap((from) => backends.map((to) => [from, to] as const));

async function contents(store: TestStore['store']): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const table of Object.keys(primaryKeys) as (keyof Tables)[]) {
    const rows = await store.db.selectFrom(table).selectAll().execute();
    const normal = rows.map((row) =>
      JSON.stringify(Object.entries(row).map(([k, v]) => [k, typeof v === 'bigint' ? Number(v) : v])),
    );
    all[table] = normal.sort();
  }
  return all;
}

async function operator(test: TestStore) {
  const read = readConfig({});
  if ('problems' in read) throw new Error();
  const core = await openCore(read.config, { store: test.store, log: pino({ level: 'silent' }) });
  return async (...argv: string[]) => {
    const output = { out: '', err: '' };
    const out = (text: string) => {
      output.out += text;
    };
    const err = (text: string) => {
      output.err += text;
    };
    const io = { out, err, cwd: dir };
    return { code: await runCommand(argv, io, read.config, core), ...output };
  };
}

describe.each(ways)('backup from %s, restore into %s', (from: Backend, to: Backend) => {
  it('restores every row as it was, and refuses a store that is not empty', async () => {
    const w: World = await world({ backend: from });
    await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    await w.clicks('陈志远', '撤回');
    const file = `${from}-${to}.backup`;
    const old = await operator({ store: w.core.store } as TestStore);
    expect(await old('backup', file)).toMatchObject({ code: 0, err: '' });
    expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
    expect(existsSync(join(dir, `${file}.part`))).toBe(false);

    const target = await testStore(to);
    const fresh = await operator(target);
    expect(await fresh('restore', file)).toMatchObject({ code: 0, err: '' });
    expect(await contents(target.store)).toEqual(await contents(w.core.store));
    const again = await fresh('restore', file);
    expect(again.code).toBe(1);
    expect(again.err).toContain('already holds a programme');
    await target.drop();
    await w.close();
  });
});

/** Columns that the first edition lacked. */
const NEW: Partial<Record<keyof Tables, string[]>> = {
  activity: ['confirmation'],
  activity_change: ['cause'],
  obligation: ['last_on', 'owner'],
  member: ['weekly', 'monthly', 'termly'],
};
const withoutNewColumns = (table: keyof Tables) => (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !NEW[table]?.includes(column)));

describe.each(backends)('a backup of an embedded store of the first edition, into %s', (backend) => {
  // Made by that edition (embedded PostgreSQL) from its demo programme.
  const file = resolve('test/store/first-edition.backup');
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  const [head, ...rows] = lines.map((line) => JSON.parse(line) as unknown) as [BackupHead, ...BackupRow[]];

  it('restores every row, and the store works like a current one', async () => {
    const target = await testStore(backend);
    const fresh = await operator(target);
    expect(await fresh('restore', file)).toMatchObject({ code: 0, err: '', out: `${rows.length} rows restored\n` });
    expect(head.schema).toMatch(/^2026-11-22/);
    const sorted = (list: Record<string, unknown>[]) =>
      list.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
    const counts = Map.groupBy(rows, ([table]) => table);
    expect([...counts.keys()]).toContain('obligation');
    for (const [table, rowsOf] of counts) {
      const found = (await target.store.db.selectFrom(table).selectAll().execute()) as Record<string, unknown>[];
      const kept = found.filter((row) => row.name !== HASH && !String(row.feed_key).startsWith('pupil:'));
      expect(sorted(kept.map(withoutNewColumns(table)))).toEqual(sorted(rowsOf.map(([, row]) => row)));
      if (table === 'obligation')
        expect(found.every((row) => /^(school|pairing|district):/.test(String(row.owner)))).toBe(true);
    }
    expect(await migrate(target.store.db)).toEqual([]);
    await target.drop();
  });

  it('searched texts for a pupil, who is now found by key', async () => {
    const target = await testStore(backend);
    await (await operator(target))('restore', file);
    const { db } = target.store;
    const bodies = rows
      .filter(([table]) => table === 'activity')
      .map(([, row]) => JSON.parse(String(row.body)) as Activity);
    const [pupilId] = bodies.flatMap((a) => a.pupilIds);
    const programme = await programmeReader()(db, bodies[0]!.programmeId);
    const found = (await activitiesOfPupil(db, programme, pupilId!)).map((a) => a.id);
    expect(found).toEqual(expect.arrayContaining(bodies.filter((a) => a.pupilIds.includes(pupilId!)).map((a) => a.id)));
    await target.drop();
  });

  it('kept sentences, which become codes with the same meaning', async () => {
    const target = await testStore(backend);
    await (await operator(target))('restore', file);
    const { reasons } = textsOf('zh-CN');
    const found = await target.store.db
      .selectFrom('obligation')
      .select(['programme_id', 'id', 'done', 'body'])
      .execute();
    for (const row of found) {
      const { obligation: o } = obligationOf(row, await programmeReader()(target.store.db, row.programme_id));
      const body = JSON.parse(row.body) as { period: { label: string }; waived?: { reason: string } };
      expect(reasons.period(o.period)).toBe(body.period.label);
      expect(o.waived && reasons.excuses(o.waived.by)).toBe(body.waived?.reason);
    }
    expect(found.length).toBeGreaterThan(100);
    await target.drop();
  });
});

describe('a damaged backup', () => {
  it.each([
    ['no backup at all', (file: string) => writeFileSync(file, 'hello')],
    ['cut off', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
  ])('%s changes nothing', async (what, damage) => {
    const w = await world();
    const file = join(dir, `${what.replaceAll(' ', '-')}.backup`);
    await (await operator({ store: w.core.store } as TestStore))('backup', file);
    damage(file);
    expect(readFileSync(file).length).toBeGreaterThan(0);
    const target = await testStore('embedded');
    const before = await contents(target.store);
    const restore = await operator(target);
    const result = await restore('restore', file);
    expect(result.code).toBe(1);
    expect(result.err).toContain('nothing was changed');
    const after = await contents(target.store);
    expect({ ...after, store_fact: [] }).toEqual({ ...before, store_fact: [] });
    await target.drop();
    await w.close();
  });
});
