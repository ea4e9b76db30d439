import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { Sandbox } from '../../src/sandbox/types.ts';
import { openEmbedded, openMysql } from '../../src/store/db.ts';
import { demoFileWithIds } from '../support/demo-file.ts';
import { type OwnServer, ownMariadb, ownRedis, ownServersPossible } from '../support/own-servers.ts';
import { cli, type Server, server } from '../support/process.ts';
import { seeded, soak } from './soak.ts';

const APP = 'cli_00000000000000cc';
const KILLS = soak ? 8 : 2;
const EACH = 8;
const backends = ownServersPossible ? (['embedded', 'services'] as const) : (['embedded'] as const);

describe.each(backends)('kill -9 at random points under load (%s)', (backend) => {
  const random = seeded(backend.length);
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  const demo = demoFileWithIds(dir);
  const teachers = demo.people.filter((p) => ['陈志远', '李晓梅', '赵思敏'].includes(p.name));
  const own: OwnServer[] = [];
  let sandbox: Sandbox;
  let env: Record<string, string>;
  let running: Server | undefined;

  beforeAll(async () => {
    if (backend === 'services') own.push(...(await Promise.all([ownMariadb(), ownRedis()])));
    sandbox = await startSandbox({
      appId: APP,
      appSecret: 's',
      encryptKey: 'k',
      verificationToken: 'v',
      now: Date.now,
      newId: randomUUID,
      people: demo.people,
      limits: false,
      retryDelays: Array.from({ length: 200 }, () => 500),
    });
    env = {
      DATA_DIR: join(dir, 'data'),
      ...(own.length > 0 ? { DATABASE_URL: own[0]!.url, REDIS_URL: own[1]!.url } : {}),
      LARK_DOMAIN: sandbox.url,
      LARK_APP_ID: APP,
      LARK_APP_SECRET: 's',
      LARK_ENCRYPT_KEY: 'k',
      LARK_VERIFICATION_TOKEN: 'v',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'fatal',
    };
    expect(await cli(['import', demo.file], env)).toMatchObject({ code: 0, err: '' });
  }, 180_000);
  afterAll(async () => {
    await running?.kill('SIGKILL');
    await sandbox.close();
    await Promise.all(own.map((o) => o.remove()));
    rmSync(dir, { recursive: true, force: true });
  });

  const start = async () => {
    running = await server(env);
    sandbox.setWebhookUrl(`${running.url}/webhook`);
  };
  /** Every report of another day: two of one day and place would be asked about. */
  const report = (n: number) => {
    const day = Temporal.PlainDate.from('2026-09-01').add({ days: n });
    return sandbox.says(teachers[n % teachers.length]!.openId, `${day.month}月${day.day}日到万佑上了一节语文`);
  };
  const answers = () =>
    teachers.flatMap((p) => sandbox.messages(p.openId).filter((m) => m.from !== p.openId && m.parentId));

  it('loses nothing and doubles nothing', { timeout: soak ? 600_000 : 240_000 }, async () => {
    const sent = [];
    for (let kill = 0; kill < KILLS; kill++) {
      await start();
      for (let i = 0; i < EACH; i++) sent.push(report(kill * EACH + i));
      // Somewhere between the first transaction and the last answer.
      await new Promise((resolve) => setTimeout(resolve, 30 + random() * 500));
      await running!.kill('SIGKILL');
    }
    await start();
    const deliveries = await Promise.all(sent);
    expect(deliveries.every((d) => d.ok)).toBe(true);
    await expect.poll(() => answers().length, { timeout: 90_000, interval: 200 }).toBe(KILLS * EACH);
    await running!.kill('SIGTERM');
    expect(new Set(answers().map((m) => m.parentId)).size).toBe(KILLS * EACH);
    const store = own[0] ? openMysql(own[0].url) : await openEmbedded(env.DATA_DIR);
    const rows = await store.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();
    const open = await store.db.selectFrom('notice').select('id').where('state', '!=', 'sent').execute();
    await store.close();
    expect(rows).toHaveLength(KILLS * EACH);
    expect(open).toEqual([]);
  });
});
