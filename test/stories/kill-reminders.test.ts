import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openCore } from '../../src/app/core.ts';
import { readConfig } from '../../src/config.ts';
import { jobs } from '../../src/jobs/index.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { openEmbedded, openMysql } from '../../src/store/db.ts';
import { filledStore } from '../support/filled.ts';
import { lessonsProgramme } from '../support/lessons.ts';
import { type OwnServer, ownRedis, ownServersPossible } from '../support/own-servers.ts';
import { type Server, server } from '../support/process.ts';
import { SECRETS, settingsFor } from '../support/settings.ts';
import { backends as all, type TestStore, testStore } from '../support/store.ts';

const APP = 'cli_00000000000000cc';
const TEACHERS = Array.from({ length: 12 }, (_, i) => ({
  name: `陆${'甲乙丙丁戊己庚辛壬癸子丑'[i]}`,
  openId: `ou_kill${i}`,
}));
/**
 * A real process uses the real clock. Starts in a zone where it is noon, outside quiet hours; the calendar below makes today a
 * school day.
 */
const zoned = Temporal.Now.zonedDateTimeISO('UTC');
const NOON = `Etc/GMT${zoned.hour >= 12 ? '+' : '-'}${Math.abs(zoned.hour - 12)}`;
const today = Temporal.Now.plainDateISO(NOON);
const backends = ownServersPossible ? all : (['embedded'] as const);

describe.each(backends)('the process is killed while reminders are under way, on %s', (backend) => {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  let sandbox: Sandbox;
  let env: Record<string, string>;
  let servers: { store: TestStore; redis: OwnServer } | undefined;
  let running: Server | undefined;

  const open = async () => (servers ? openMysql(servers.store.url!) : openEmbedded(env.DATA_DIR));
  const states = async () => {
    const store = await open();
    const rows = await store.db.selectFrom('notice').select('state').where('kind', '=', 'morning').execute();
    await store.close();
    return rows.map((r) => r.state);
  };
  /** The job that starts sending, without a queue. */
  const plan = async () => {
    const read = readConfig(env);
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    const core = await openCore(read.config, { store: await open(), log: pino({ level: 'silent' }) });
    const planned = await jobs.morning!.run({ ...core.ctx, deliver: async () => {} }, core.ctx.now());
    await core.close();
    return planned;
  };

  beforeAll(async () => {
    sandbox = await startSandbox({
      appId: APP,
      ...SECRETS,
      now: Date.now,
      newId: randomUUID,
      people: TEACHERS,
      limits: false,
    });
    if (backend === 'services') servers = { store: await testStore(backend), redis: await ownRedis() };
    env = {
      ...settingsFor(APP, sandbox, dir),
      JIEDUI_TIMEZONE: NOON,
      ...(servers ? { DATABASE_URL: servers.store.url!, REDIS_URL: servers.redis.url } : {}),
    };
    const programme = lessonsProgramme(TEACHERS.map((t) => t.name));
    const from = today.subtract({ days: 20 }).toString();
    const file = join(dir, 'programme.yaml');
    writeFileSync(
      file,
      stringify({
        ...programme,
        terms: [{ name: '本学期', start: from, end: today.add({ days: 5 }).toString() }],
        holidays: [{ start: today.toString(), end: today.toString(), school: true }],
        people: programme.people.map((p) => ({ ...p, open_id: TEACHERS.find((t) => t.name === p.name)?.openId })),
        pairings: [{ supporter: '甲校', recipient: '乙校', kinds: ['teaching'], from }],
      }),
    );
    await filledStore(env, file);
  });
  afterAll(async () => {
    await running?.kill('SIGKILL');
    await sandbox.close();
    await servers?.redis.remove();
    await servers?.store.drop();
    rmSync(dir, { recursive: true, force: true });
  });

  const received = () => TEACHERS.map((t) => sandbox.messages(t.openId).length);
  const sends = () => sandbox.calls.filter((c) => c.method === 'POST' && c.path.endsWith('/im/v1/messages'));
  /** On a server a claim outlives its process by twenty seconds; the test does not wait for that. */
  const leasesRunOut = async () => {
    if (!servers) return;
    await servers.store.store.db.updateTable('notice').set({ lease_until: 0 }).where('state', '=', 'claimed').execute();
  };

  it('loses and duplicates none, wherever between claim, send and mark it was', { timeout: 120_000 }, async () => {
    // Each call is slow, so that the kill finds some claimed, some in progress and some stored but not yet marked.
    Object.assign(sandbox.faults.api, { match: 'POST /open-apis/im/v1/messages$', delayMs: 300 });
    expect(await plan()).toBe('12 cards planned');
    let unsent: string[] = [];
    for (const more of [1, 4]) {
      // The claimed ones come first and are answered at once: Feishu has them.
      const moment = sends().length + unsent.filter((state) => state === 'claimed').length + more;
      running = await server(env);
      await expect.poll(() => sends().length, { timeout: 30_000, interval: 5 }).toBeGreaterThanOrEqual(moment);
      await running.kill('SIGKILL');
      unsent = (await states()).filter((state) => state !== 'sent');
      expect(unsent).toContain('claimed');
      await leasesRunOut();
    }
    sandbox.faults.api.delayMs = 0;
    const before = sends().length;
    running = await server(env);
    // Swept at once: the queue would hold a dead process's jobs for half a minute or more.
    await expect.poll(() => sends().length - before, { timeout: 25_000 }).toBe(unsent.length);
    await running.kill('SIGTERM');
    expect(await states()).toEqual(TEACHERS.map(() => 'sent'));
    expect(received()).toEqual(TEACHERS.map(() => 1));
    // Some calls were repeated, or the kill proved nothing; Feishu accepted each message once.
    expect(sends().length).toBeGreaterThan(TEACHERS.length);
  });
});
