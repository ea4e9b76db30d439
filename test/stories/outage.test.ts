import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { openMysql } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { demoFileWithIds } from '../support/demo-file.ts';
import { lessonsProgramme } from '../support/lessons.ts';
import { type OwnServer, ownMariadb, ownRedis, ownServersPossible } from '../support/own-servers.ts';
import { cli, type Server, server } from '../support/process.ts';
import { roundRobin } from '../support/proxy.ts';
import { SECRETS, settingsFor } from '../support/settings.ts';
import { words, world } from '../support/world.ts';

const APP = 'cli_00000000000000bb';
const TOKEN = 'operator';
/** Every report has another date: two with one date and place would cause a question. */
const dayOf = (n: number) => {
  const day = Temporal.PlainDate.from('2026-09-01').add({ days: n });
  return `${day.month}月${day.day}日`;
};

describe.runIf(ownServersPossible)('two web and two worker processes on MariaDB and Redis', () => {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  const demo = demoFileWithIds(dir);
  const teachers = demo.people.filter((p) => ['陈志远', '李晓梅', '赵思敏'].includes(p.name));
  let maria: OwnServer;
  let redis: OwnServer;
  let sandbox: Sandbox;
  let processes: Server[];
  let proxy: Awaited<ReturnType<typeof roundRobin>>;
  let env: Record<string, string>;

  beforeAll(async () => {
    [maria, redis] = await Promise.all([ownMariadb(), ownRedis()]);
    sandbox = await startSandbox({
      appId: APP,
      ...SECRETS,
      now: Date.now,
      newId: randomUUID,
      people: demo.people,
      limits: false,
      retryDelays: [300, 1_000, 2_000, 4_000, 8_000],
    });
    env = {
      ...settingsFor(APP, sandbox, dir),
      DATABASE_URL: maria.url,
      REDIS_URL: redis.url,
      ADMIN_TOKEN: TOKEN,
      LOG_LEVEL: 'fatal',
    };
    // An import that takes more than a second shows its progress.
    expect(await cli(['import', demo.file], env)).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^(?:duties \d+ of \d+\n)*$/u),
    });
    processes = await Promise.all(['web', 'web', 'worker', 'worker'].map((ROLE) => server({ ...env, ROLE })));
    proxy = await roundRobin(processes.slice(0, 2).map((p) => p.url));
    sandbox.setWebhookUrl(`${proxy.url}/webhook`);
  });
  afterAll(async () => {
    await Promise.all(processes.map((p) => p.kill('SIGTERM')));
    await proxy.close();
    await sandbox.close();
    await Promise.all([maria.remove(), redis.remove()]);
    rmSync(dir, { recursive: true, force: true });
  });

  const answers = () => teachers.flatMap((p) => sandbox.messages(p.openId).filter((m) => m.from !== p.openId));
  const recorded = async () => {
    const store = openMysql(maria.url);
    const rows = await store.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();
    await store.close();
    return rows.length;
  };
  const reports = (from: number, n: number) =>
    Array.from({ length: n }, (_, i) => {
      const teacher = teachers[(from + i) % teachers.length]!;
      return sandbox.says(teacher.openId, `${dayOf(from + i)}到万佑上了${i % 2 ? '一' : '两'}节语文`);
    });

  it('answers every report once', async () => {
    const deliveries = await Promise.all(reports(0, 20));
    expect(deliveries.every((d) => d.ok)).toBe(true);
    await expect.poll(() => answers().length, { timeout: 20_000 }).toBe(20);
    expect(await recorded()).toBe(20);
    expect(words(answers()[0])).toContain('已记录');
  });

  it('shows operators that it is ready, its metrics and its queues, with the token only', async () => {
    const [web] = processes as [Server];
    const get = (path: string, token?: string) =>
      fetch(`${web.url}${path}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
    expect(await (await get('/readyz')).json()).toEqual({ store: true, queue: true, intake: true });
    expect((await get('/metrics')).status).toBe(401);
    expect(await (await get('/metrics', TOKEN)).text()).toContain('jiedui_jobs{queue="answers"');
    expect((await get('/admin/queues', TOKEN)).status).toBe(200);
    expect((await get('/admin/queues')).status).toBe(401);
  });

  it('loses and duplicates nothing while Redis is stopped, emptied and started', async () => {
    const before = answers().length;
    const sent = Promise.all(reports(20, 30));
    await redis.stop();
    expect((await sent).every((d) => d.ok)).toBe(true);
    await redis.start();
    await expect.poll(() => answers().length, { timeout: 40_000, interval: 200 }).toBe(before + 30);
    expect(await recorded()).toBe(before + 30);
  });

  it('loses and duplicates nothing while MariaDB is killed and started', async () => {
    const before = answers().length;
    const sent = Promise.all(reports(50, 30));
    await maria.stop();
    const [web] = processes as [Server];
    await expect.poll(async () => (await fetch(`${web.url}/readyz`)).status, { timeout: 10_000 }).toBe(503);
    await maria.start();
    expect((await sent).every((d) => d.ok)).toBe(true);
    await expect.poll(() => answers().length, { timeout: 40_000, interval: 200 }).toBe(before + 30);
    expect(await recorded()).toBe(before + 30);
  });

  it('gives everybody one card if MariaDB is killed in the middle of the reminders', async () => {
    const names = Array.from({ length: 16 }, (_, i) => `陆${'甲乙丙丁戊己庚辛'[i % 8]}${'一二'[Math.floor(i / 8)]}`);
    const url = maria.url.replace('jiedui_test_own', 'jiedui_test_reminders');
    const server = openMysql(maria.url);
    await server.db.schema.createSchema('jiedui_test_reminders').execute();
    await server.close();
    const store = openMysql(url);
    await migrate(store.db);
    const w = await world({
      backend: 'services',
      store: { store, url, drop: () => store.close() },
      at: '2026-11-12T08:50',
      programme: lessonsProgramme(names),
      overrides: { paceLimits: { perSecond: 20, perMinute: 100_000, perChatPerSecond: 1_000 } },
    });
    const cards = () => names.map((name) => w.inbox(name).length);
    await w.move({ minutes: 17 });
    await w.app.tick();
    await expect.poll(() => cards().reduce((a, b) => a + b), { interval: 5, timeout: 20_000 }).toBeGreaterThan(3);
    await maria.stop();
    expect(Math.min(...cards())).toBe(0);
    await maria.start();
    // Claims from before the outage expire after twenty seconds.
    await w.move({ seconds: 21 });
    await expect.poll(() => w.app.sweep().catch(() => 0), { timeout: 20_000 }).toBeGreaterThan(0);
    await w.quiet();
    expect(cards()).toEqual(names.map(() => 1));
    const sends = w.sandbox.calls.filter((c) => c.path.endsWith('/im/v1/messages'));
    expect(new Set(sends.map((c) => c.uuid)).size).toBe(names.length);
    await w.close();
  });
});
