import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMysql } from '../../src/store/db.ts';
import { filledStore } from '../support/filled.ts';
import { ownRedisCluster, ownServersPossible } from '../support/own-servers.ts';
import { type Server, server } from '../support/process.ts';
import { mysqlUrl } from '../support/services.ts';
import { type TestStore, testStore } from '../support/store.ts';
import { soak } from './soak.ts';
import { type Town, town } from './town.ts';

const ROUNDS = soak ? 6 : 1;
const EACH = 20;

describe.runIf(ownServersPossible && mysqlUrl)('two worker processes on Redis Cluster', () => {
  let t: Town;
  let cluster: Awaited<ReturnType<typeof ownRedisCluster>>;
  let store: TestStore;
  let processes: Server[] = [];

  beforeAll(async () => {
    [t, cluster, store] = await Promise.all([town('cli_00000000000000c3'), ownRedisCluster(), testStore('services')]);
    const env = { ...t.env, DATABASE_URL: store.url!, REDIS_URL: cluster.url };
    await filledStore(env, t.file);
    processes = await Promise.all(['web', 'worker', 'worker'].map((ROLE) => server({ ...env, ROLE })));
    t.sandbox.setWebhookUrl(`${processes[0]!.url}/webhook`);
  });
  afterAll(async () => {
    await Promise.all(processes.map((p) => p.kill('SIGTERM')));
    await Promise.all([t?.close(), cluster?.remove(), store?.drop()]);
  });

  let reported = 0;
  const report = () => Promise.all(Array.from({ length: EACH }, () => t.report(reported++)));
  const answeredOnce = async () => {
    await expect.poll(() => t.answers().length, { timeout: 40_000, interval: 100 }).toBe(reported);
    expect(new Set(t.answers().map((m) => m.parentId)).size).toBe(reported);
  };

  it('answers every report once', async () => {
    expect((await report()).every((d) => d.ok)).toBe(true);
    await answeredOnce();
    // Both took part: one worker alone would have left the other idle, and only the claim separates them.
    for (const { url } of processes) expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ queue: true });
  });

  it('keeps working while the node with the queues is away, and answers each report once after it returns empty', async () => {
    const holder = cluster.holderOf('{jiedui}');
    for (let round = 0; round < ROUNDS; round++) {
      const sent = report();
      await holder.stop();
      expect((await sent).every((d) => d.ok)).toBe(true);
      await holder.start();
      await answeredOnce();
    }
    const after = openMysql(store.url!);
    const rows = await after.db.selectFrom('activity').select('id').where('cause', 'is not', null).execute();
    await after.close();
    expect(rows).toHaveLength(reported);
  });
});
