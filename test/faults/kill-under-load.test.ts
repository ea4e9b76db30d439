import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded, openMysql } from '../../src/store/db.ts';
import { filledStore } from '../support/filled.ts';
import { type OwnServer, ownRedis, ownServersPossible } from '../support/own-servers.ts';
import { type Server, server } from '../support/process.ts';
import { backends as available, type TestStore, testStore } from '../support/store.ts';
import { seeded, soak } from './soak.ts';
import { type Town, town } from './town.ts';

/** Few, because starting the embedded engine takes most of the time; kill.test.ts and kill-reminders.test.ts kill it too. */
const KILLS = { embedded: soak ? 8 : 1, services: soak ? 8 : 2 };
const EACH = 8;
const backends = available.filter((backend) => backend === 'embedded' || ownServersPossible);

describe.each(backends)('kill -9 at random points under load (%s)', (backend) => {
  const kills = KILLS[backend];
  const random = seeded(backend.length);
  let database: TestStore | undefined;
  let redis: OwnServer | undefined;
  let t: Town;
  let env: Record<string, string>;
  let running: Server | undefined;

  beforeAll(async () => {
    t = await town('cli_00000000000000cc');
    env = t.env;
    if (backend === 'services') {
      database = await testStore(backend);
      redis = await ownRedis();
      env = { ...env, DATABASE_URL: database.url!, REDIS_URL: redis.url };
    }
    await filledStore(env, t.file);
  }, 180_000);
  afterAll(async () => {
    await running?.kill('SIGKILL');
    await t.close();
    await redis?.remove();
    await database?.drop();
  });

  const start = async () => {
    running = await server(env);
    t.sandbox.setWebhookUrl(`${running.url}/webhook`);
  };

  it('loses nothing and duplicates nothing', { timeout: soak ? 600_000 : 240_000 }, async () => {
    const sent = [];
    for (let kill = 0; kill < kills; kill++) {
      await start();
      for (let i = 0; i < EACH; i++) sent.push(t.report(kill * EACH + i));
      // Between the first transaction and the last answer.
      await new Promise((resolve) => setTimeout(resolve, 30 + random() * 500));
      await running!.kill('SIGKILL');
    }
    await start();
    const deliveries = await Promise.all(sent);
    expect(deliveries.every((d) => d.ok)).toBe(true);
    await expect.poll(() => t.answers().length, { timeout: 90_000, interval: 200 }).toBe(kills * EACH);
    // An answer that a killed process was sending waits for its lease, then is sent again under the same uuid and marked.
    if (database) await expect.poll(() => openNotices(database!.url!), { timeout: 90_000, interval: 500 }).toEqual([]);
    await running!.kill('SIGTERM');
    expect(new Set(t.answers().map((m) => m.parentId)).size).toBe(kills * EACH);
    const store = database ? openMysql(database.url!) : await openEmbedded(env.DATA_DIR);
    const rows = await store.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();
    const open = await store.db.selectFrom('notice').select('id').where('state', '!=', 'sent').execute();
    await store.close();
    expect(rows).toHaveLength(kills * EACH);
    expect(open).toEqual([]);
  });
});

async function openNotices(url: string): Promise<{ id: string }[]> {
  const store = openMysql(url);
  const open = await store.db.selectFrom('notice').select('id').where('state', '!=', 'sent').execute();
  await store.close();
  return open;
}
