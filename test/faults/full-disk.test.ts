import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackupRow } from '../../src/store/backup.ts';
import { filledStore } from '../support/filled.ts';
import { cli, type Server, server } from '../support/process.ts';
import { type World, words, world } from '../support/world.ts';
import { soak } from './soak.ts';
import { type Town, town } from './town.ts';

/** A separate disk for one process; needs no root if user namespaces are allowed, and disappears with the process. */
const IN_NAMESPACE = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'];
const mounts = spawnSync('unshare', [...IN_NAMESPACE.slice(1), 'mount -t tmpfs tmpfs /tmp']).status === 0;
const limits = spawnSync('prlimit', ['--version']).status === 0;
if (!mounts)
  console.warn('\n!!! NOT TESTED: no user namespaces here; a file-size limit stands in for a full disk !!!\n');
if (!limits && process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, but there is no prlimit');
if (!limits) console.warn('\n!!! NOT TESTED: no prlimit here; the full disk is skipped !!!\n');

/** Forbids every file of this process to grow, or allows it again; to a program much the same as a full disk. */
const mayGrow = (pid: number, may: boolean) =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${may ? 'unlimited' : '0'}:unlimited`]);

const REPORTS = soak ? 60 : 12;

describe.runIf(mounts || limits)('the disk of the embedded store is full', () => {
  let t: Town;
  let running: Server;
  const ballast = () => join(`/proc/${running.child.pid}/root`, t.env.DATA_DIR!, 'ballast');

  beforeAll(async () => {
    t = await town('cli_00000000000000d1');
    const prepared = join(t.dir, 'prepared');
    await filledStore({ ...t.env, DATA_DIR: prepared }, t.file);
    const data = t.env.DATA_DIR!;
    mkdirSync(data);
    const copy = `cp -a ${prepared}/. ${data} && exec "$0" "$@"`;
    const through = mounts
      ? [...IN_NAMESPACE, `mount -t tmpfs -o size=240m tmpfs ${data} && ${copy}`]
      : ['sh', '-c', copy];
    running = await server(t.env, through);
    t.sandbox.setWebhookUrl(`${running.url}/webhook`);
  });
  afterAll(async () => {
    await running?.kill('SIGKILL');
    await t?.close();
  });

  const fill = () => {
    if (!mounts) return mayGrow(running.child.pid!, false);
    const { bavail, bsize } = statfsSync(join(ballast(), '..'));
    try {
      writeFileSync(ballast(), Buffer.alloc(bavail * bsize));
    } catch (error) {
      // The program has written since: the disk is full with less.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  };
  const empty = () => (mounts ? rmSync(ballast()) : mayGrow(running.child.pid!, true));
  const readiness = async () => (await fetch(`${running.url}/readyz`)).status;

  it('acknowledges nothing that it cannot keep, says so, and accepts everything once there is room', async () => {
    await t.report(0);
    await expect.poll(() => t.answers().length, { timeout: 5_000 }).toBe(1);
    fill();
    const sent = Array.from({ length: REPORTS }, (_, i) => t.report(i + 1));
    // The guard looks every second and fails readiness before an answer is lost; until then the store itself refuses.
    if (mounts) await expect.poll(readiness, { timeout: 5_000 }).toBe(503);
    const [answer] = t.answers();
    const clicked = await t.sandbox.clicks(t.teachers[0]!.openId, answer!.messageId, { text: '撤回' });
    expect(clicked.toast?.type).toBe('error');
    await new Promise((resolve) => setTimeout(resolve, soak ? 10_000 : 1_000));
    const pushes = t.sandbox.deliveries.filter((d) => d.eventType === 'im.message.receive_v1').slice(1);
    const statuses = pushes.flatMap((d) => d.attempts.map((a) => a.status));
    const refused = statuses.filter((status) => status === 500 || status === 503);
    // A page with room left may still take a report; the accepted ones are counted below.
    expect(refused.length).toBeGreaterThan(REPORTS);
    expect(statuses.filter((status) => status === 200).length).toBe(statuses.length - refused.length);

    empty();
    expect((await Promise.all(sent)).every((d) => d.ok)).toBe(true);
    await expect.poll(() => t.answers().length, { timeout: 10_000 }).toBe(REPORTS + 1);
    expect(new Set(t.answers().map((m) => m.parentId)).size).toBe(REPORTS + 1);
    await expect.poll(readiness).toBe(200);
    const file = join(t.dir, 'after.backup');
    expect(await cli(['backup', file], t.env)).toMatchObject({ code: 0, err: '' });
    const [, ...rows] = gunzipSync(readFileSync(file)).toString().trim().split('\n');
    const stored = Map.groupBy(
      rows.map((row) => JSON.parse(row) as BackupRow),
      ([table]) => table,
    );
    expect(stored.get('activity')!.filter(([, row]) => row.cause !== null)).toHaveLength(REPORTS + 1);
    expect(stored.get('activity_change')!.filter(([, row]) => row.what === 'withdrawn')).toEqual([]);
  });
});

describe.runIf(limits)('the disk of the evidence is full', () => {
  let w: World;
  beforeAll(async () => {
    w = await world();
    await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    await w.advance({ seconds: 3 });
  });
  afterAll(() => w.close());
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 1]);
  const evidence = () => w.core.ctx.db.selectFrom('evidence').select('state').execute();

  it('keeps a photo for later, says at once that a file was not created, and does both when there is room', async () => {
    mayGrow(process.pid, false);
    try {
      expect((await w.sandbox.sendsImage(w.openId('陈志远'), png)).ok).toBe(true);
      await w.says('王建业', '导出台账');
      expect(words(w.inbox('王建业').at(-1))).toContain('文件没有发出去');
      expect(await evidence()).toEqual([{ state: 'expected' }]);
    } finally {
      mayGrow(process.pid, true);
    }
    await w.advance({ minutes: 2 });
    await w.advance({ seconds: 3 });
    expect(await evidence()).toEqual([{ state: 'kept' }]);
    expect(words(w.inbox('陈志远')[0])).toContain('佐证：1 份');
    const answers = await w.says('王建业', '导出台账');
    expect(answers.map((m) => m.msgType)).toContain('file');
  });
});
