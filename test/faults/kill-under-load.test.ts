import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded, openMysql } from '../../src/store/db.ts';
import { filledStore } from '../support/filled.ts';
import { type OwnServer, ownMariadb, ownRedis, ownServersPossible } from '../support/own-servers.ts';
import { type Server, server } from '../support/process.ts';
import { seeded, soak } from './soak.ts';
import { type Town, town } from './town.ts';

const KILLS = soak ? 8 : 2;
const EACH = 8;
const backends = ownServersPossible ? (['embedded', 'services'] as const) : (['embedded'] as const);

describe.each(backends)('kill -9 at random points under load (%s)', (backend) => {
  const random = seeded(backend.length);
  const own: OwnServer[] = [];
  let t: Town;
  let env: Record<string, string>;
  let running: Server | undefined;

  beforeAll(async () => {
    t = await town('cli_00000000000000cc');
    if (backend === 'services') own.push(...(await Promise.all([ownMariadb(), ownRedis()])));
    env = { ...t.env, ...(own.length > 0 ? { DATABASE_URL: own[0]!.url, REDIS_URL: own[1]!.url } : {}) };
    await filledStore(env, t.file);
  }, 180_000);
  afterAll(async () => {
    await running?.kill('SIGKILL');
    await t.close();
    await Promise.all(own.map((o) => o.remove()));
  });

  const start = async () => {
    running = await server(env);
    t.sandbox.setWebhookUrl(`${running.url}/webhook`);
  };

  it('loses nothing and doubles nothing', { timeout: soak ? 600_000 : 240_000 }, async () => {
    const sent = [];
    for (let kill = 0; kill < KILLS; kill++) {
      await start();
      for (let i = 0; i < EACH; i++) sent.push(t.report(kill * EACH + i));
      // Somewhere between the first transaction and the last answer.
      await new Promise((resolve) => setTimeout(resolve, 30 + random() * 500));
      await running!.kill('SIGKILL');
    }
    await start();
    const deliveries = await Promise.all(sent);
    expect(deliveries.every((d) => d.ok)).toBe(true);
    await expect.poll(() => t.answers().length, { timeout: 90_000, interval: 200 }).toBe(KILLS * EACH);
    await running!.kill('SIGTERM');
    expect(new Set(t.answers().map((m) => m.parentId)).size).toBe(KILLS * EACH);
    const store = own[0] ? openMysql(own[0].url) : await openEmbedded(env.DATA_DIR);
    const rows = await store.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();
    const open = await store.db.selectFrom('notice').select('id').where('state', '!=', 'sent').execute();
    await store.close();
    expect(rows).toHaveLength(KILLS * EACH);
    expect(open).toEqual([]);
  });
});
