import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openQueue, type Queue, type QueueJob } from '../../src/jobs/queue.ts';
import { createPace } from '../../src/lark/pace.ts';
import { redisUrl } from '../support/services.ts';

const log = pino({ level: 'silent' });

/** A free port. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** An empty queue for one test, closed afterwards. */
async function embedded(): Promise<Queue> {
  const queue = await openQueue({ kind: 'memory' }, log);
  onTestFinished(() => queue.close());
  return queue;
}

async function onRedis(): Promise<Queue> {
  const prefix = `{jiedui_test_${randomBytes(6).toString('hex')}}`;
  const queue = await openQueue({ kind: 'redis', url: redisUrl!, prefix }, log);
  onTestFinished(async () => {
    await queue.close();
    const redis = new Redis(redisUrl!);
    const keys = await redis.keys(`${prefix}*`);
    if (keys.length) await redis.del(...keys);
    redis.disconnect();
  });
  return queue;
}

const backends = [{ name: 'embedded', open: embedded }, ...(redisUrl ? [{ name: 'redis', open: onRedis }] : [])];

/** Collects the jobs of a queue; `when(n)` resolves with the first n. */
function collector() {
  const seen: QueueJob[] = [];
  const waits: { n: number; resolve: (jobs: QueueJob[]) => void }[] = [];
  return {
    seen,
    take(job: QueueJob) {
      seen.push(job);
      for (const wait of waits) if (seen.length >= wait.n) wait.resolve(seen);
    },
    when: (n: number) =>
      new Promise<QueueJob[]>((resolve) => (seen.length >= n ? resolve(seen) : waits.push({ n, resolve }))),
  };
}

describe.each(backends)('the queue, $name', ({ open }) => {
  test('delivers each job once, with its name, id and data', async () => {
    const queue = await open();
    const collected = collector();
    queue.work('answers', async (job) => void collected.take(job), { concurrency: 2 });
    for (let i = 0; i < 20; i++) await queue.add('answers', 'send', { notice: i }, { jobId: `n${i}.0` });
    const jobs = await collected.when(20);
    expect(jobs.map((job) => job.id).sort()).toEqual(Array.from({ length: 20 }, (_, i) => `n${i}.0`).sort());
    expect(jobs.every((job) => job.name === 'send' && `n${(job.data as { notice: number }).notice}.0` === job.id)).toBe(
      true,
    );
    expect(await queue.ready()).toBe(true);
  });

  test('keeps a waiting job when the same id is added again', async () => {
    const queue = await open();
    await queue.add('notices', 'send', { first: true }, { jobId: 'a.0' });
    await queue.add('notices', 'send', { first: false }, { jobId: 'a.0' });
    await queue.add('notices', 'send', {}, { jobId: 'b.0' });
    expect((await queue.counts()).notices.waiting).toBe(2);
    const collected = collector();
    queue.work('notices', async (job) => void collected.take(job), { concurrency: 1 });
    expect((await collected.when(2)).map((job) => job.data)).toEqual([{ first: true }, {}]);
  });

  test('forgets a finished job, so that its id can be used again', async () => {
    const queue = await open();
    const collected = collector();
    queue.work('chores', async (job) => void collected.take(job), { concurrency: 1 });
    await queue.add('chores', 'export', {}, { jobId: 'c.0' });
    await collected.when(1);
    await expect.poll(async () => Object.values((await queue.counts()).chores).reduce((a, b) => a + b)).toBe(0);
    await queue.add('chores', 'export', {}, { jobId: 'c.0' });
    expect(await collected.when(2)).toHaveLength(2);
  });

  test('puts a job back for as long as its handler asks, and drops one whose handler throws', async () => {
    const queue = await open();
    const collected = collector();
    queue.work(
      'answers',
      async (job) => {
        collected.take(job);
        if (job.id === 'bad.0') throw new Error('a bug');
        return collected.seen.filter(({ id }) => id === job.id).length < 3 ? { retryInMs: 20 } : undefined;
      },
      { concurrency: 1 },
    );
    await queue.add('answers', 'send', {}, { jobId: 'bad.0' });
    await queue.add('answers', 'send', {}, { jobId: 'slow.0' });
    const jobs = await collected.when(4);
    expect(jobs.map((job) => job.id).sort()).toEqual(['bad.0', 'slow.0', 'slow.0', 'slow.0']);
    await expect.poll(async () => Object.values((await queue.counts()).answers).reduce((a, b) => a + b)).toBe(0);
    expect(collected.seen).toHaveLength(4);
  });

  test('holds a delayed job back', async () => {
    const queue = await open();
    const collected = collector();
    queue.work('notices', async (job) => void collected.take(job), { concurrency: 1 });
    await queue.add('notices', 'send', {}, { jobId: 'late.0', delayMs: 300 });
    await queue.add('notices', 'send', {}, { jobId: 'soon.0' });
    expect((await collected.when(2)).map((job) => job.id)).toEqual(['soon.0', 'late.0']);
  });

  test('forgets waiting jobs when it is emptied', async () => {
    const queue = await open();
    await queue.add('notices', 'send', {}, { jobId: 'gone.0' });
    await queue.add('notices', 'send', {}, { jobId: 'gone.1', delayMs: 50 });
    await queue.empty();
    const collected = collector();
    queue.work('notices', async (job) => void collected.take(job), { concurrency: 1 });
    await queue.add('notices', 'send', {}, { jobId: 'kept.0', delayMs: 200 });
    expect((await collected.when(1)).map((job) => job.id)).toEqual(['kept.0']);
  });

  test('runs as many jobs of a queue at once as configured, and never one twice', async () => {
    const queue = await open();
    const collected = collector();
    let [running, most] = [0, 0];
    const handler = async (job: QueueJob) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
      collected.take(job);
      return undefined;
    };
    queue.work('notices', handler, { concurrency: 3 });
    const jobs = Array.from({ length: 12 }, (_, i) => ({ name: 'send', data: {}, jobId: `n${i}.0` }));
    await queue.addMany('notices', [...jobs, ...jobs]);
    await queue.addMany('notices', jobs);
    expect((await collected.when(12)).map((job) => job.id).sort()).toEqual(jobs.map((job) => job.jobId).sort());
    expect(most).toBe(3);
  });

  test('ticks', async () => {
    const queue = await open();
    const ticks = collector();
    await queue.tick(async () => ticks.take({ id: 't', name: 'tick', data: {} }), 100);
    expect((await ticks.when(3)).length).toBeGreaterThanOrEqual(3);
  });

  test('waits for the running job when it closes', async () => {
    const queue = await open();
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    let done = false;
    queue.work(
      'chores',
      async () => {
        started.resolve();
        await finish.promise;
        done = true;
        return undefined;
      },
      { concurrency: 1 },
    );
    await queue.add('chores', 'slow', {}, { jobId: 's.0' });
    await started.promise;
    const closed = queue.close();
    finish.resolve();
    await closed;
    expect(done).toBe(true);
  });
});

test('an absent Redis is refused with the name of its setting', async () => {
  const opening = openQueue({ kind: 'redis', url: `redis://127.0.0.1:${await freePort()}`, prefix: '{x}' }, log, 100);
  await expect(opening).rejects.toThrow(/^REDIS_URL: .*ECONNREFUSED/);
});

const canStartRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A separate Redis that does not affect other tests. */
async function startRedis(port: number, ...more: string[]): Promise<ChildProcess> {
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', ...more];
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void server.kill('SIGKILL'));
  for await (const line of createInterface({ input: server.stdout })) if (/ready to accept/i.test(line)) break;
  return server;
}

describe.runIf(redisUrl && canStartRedis)('on Redis Cluster', () => {
  test('jobs, ticks and the pace use one slot', async () => {
    const port = await freePort();
    const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    await startRedis(
      port,
      '--cluster-enabled',
      'yes',
      '--cluster-announce-ip',
      '127.0.0.1',
      '--cluster-port',
      `${await freePort()}`,
      '--dir',
      dir,
    );
    const node = new Redis(port);
    await node.call('cluster', 'addslotsrange', '0', '16383');
    await expect.poll(() => node.call('cluster', 'info'), { timeout: 15_000 }).toContain('cluster_state:ok');
    node.disconnect();

    const url = `redis-cluster://127.0.0.1:${port}`;
    const queue = await openQueue({ kind: 'redis', url, prefix: '{jiedui}' }, log);
    onTestFinished(() => queue.close());
    const collected = collector();
    const ticks = collector();
    queue.work('answers', async (job) => void collected.take(job), { concurrency: 2 });
    await queue.tick(async () => ticks.take({ id: 't', name: 'tick', data: {} }), 100);
    for (let i = 0; i < 10; i++) await queue.add('answers', 'send', {}, { jobId: `n${i}.0` });
    await collected.when(10);
    await ticks.when(2);
    const pace = createPace({
      kind: 'redis',
      redis: queue.redis!,
      prefix: '{jiedui}',
      monotonic: () => performance.now(),
    });
    await pace.turn('send', 'oc_1');
    const first = performance.now();
    await pace.turn('send', 'oc_1');
    expect(performance.now() - first).toBeGreaterThan(150);
  });
});

describe.runIf(redisUrl && canStartRedis)('a Redis that goes away', () => {
  const killed = async (server: ChildProcess) => {
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
  };

  test('costs refused hints and late ticks, never the process, and does not delay closing', async () => {
    const port = await freePort();
    let server = await startRedis(port);
    const queue = await openQueue({ kind: 'redis', url: `redis://127.0.0.1:${port}`, prefix: '{x}' }, log);
    const collected = collector();
    const ticks = collector();
    queue.work('answers', async (job) => void collected.take(job), { concurrency: 1 });
    await queue.tick(async () => ticks.take({ id: 't', name: 'tick', data: {} }), 200);
    await ticks.when(1);

    await killed(server);
    await expect(queue.add('answers', 'send', {}, { jobId: 'lost.0' })).rejects.toThrow();
    expect(await queue.ready()).toBe(false);

    server = await startRedis(port);
    await expect.poll(queue.ready, { timeout: 15_000 }).toBe(true);
    const before = ticks.seen.length;
    await queue.add('answers', 'send', {}, { jobId: 'found.0' });
    expect((await collected.when(1)).map((job) => job.id)).toEqual(['found.0']);
    // The new Redis has no scheduler, so it is set up again.
    await ticks.when(before + 2);

    await killed(server);
    await queue.close();
  });
});
