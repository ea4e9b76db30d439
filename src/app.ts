import { monotonic } from './app/clock.ts';
import { CannotStart, type Core, closeStore, openCore } from './app/core.ts';
import { guardDisk } from './app/disk.ts';
import { enqueue } from './app/enqueue.ts';
import { type Entrance, openSocket, ownIdentity, serve, urlOf } from './app/entrance.ts';
import { type Overrides, SANDBOX_APP_ID, START_WITHIN_MS } from './app/overrides.ts';
import { doChore } from './bot/intake/do-chore.ts';
import type { Config } from './config.ts';
import { jobs } from './jobs/index.ts';
import { createPace, feishuLimits } from './jobs/pace.ts';
import { openQueue, type Queue } from './jobs/queue.ts';
import { sendNotice } from './jobs/send-notice.ts';
import { sweep } from './jobs/sweep.ts';
import { tick } from './jobs/tick.ts';
import { voidChoreLeases } from './store/chores.ts';
import { voidLeases } from './store/notice-sending.ts';

export interface App extends Core {
  queue: Queue;
  /** Where it listens. A worker answers operators there, not Feishu. */
  url: string;
  /** Whether the long connection is up; true where none is used. */
  connected(): boolean;
  /** Runs what the clock asks for now; the sandbox's clock and tests call it. Returns the jobs that ran. */
  tick(): Promise<string[]>;
  /** Takes up what is due, at once where the clock was moved: the queue waits by its own. */
  sweep(): Promise<number>;
  /** Takes nothing new in; the queue and the store go on. */
  stopServing(): Promise<void>;
  /** Finishes what was taken in and lets go of everything. */
  stop(): Promise<void>;
}

/** The running program; with app/ beside it the only place where things are built. Resolves when it serves. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const core = await openCore(config, overrides);
  const { ctx, store } = core;
  const { log } = ctx;
  const backend = store.embedded
    ? ({ kind: 'memory' } as const)
    : ({ kind: 'redis', url: config.redisUrl!, prefix: overrides.queuePrefix ?? '{jiedui}' } as const);
  const queue = await openQueue(backend, log, overrides.startWithinMs ?? START_WITHIN_MS).catch(
    async (error: Error) => {
      await store.close();
      throw new CannotStart(error.message);
    },
  );
  core.metrics.watch(queue.counts);
  ctx.enqueue = (hints) => enqueue(queue, log, hints);
  const limits = overrides.paceLimits ?? feishuLimits;
  if (queue.redis && backend.kind === 'redis')
    ctx.pace = createPace({ kind: 'redis', redis: queue.redis, prefix: backend.prefix, monotonic, limits });
  if (store.embedded) {
    await voidLeases(store.db);
    await voidChoreLeases(store.db);
  }

  const works = config.role !== 'web';
  const runTick = () => tick(ctx, jobs);
  if (works) {
    for (const line of ['answers', 'notices'] as const)
      queue.work(line, async (job) => sendNotice(ctx, (job.data as { id: string }).id), { concurrency: 8 });
    queue.work('chores', async (job) => doChore(ctx, (job.data as { id: string }).id), { concurrency: 4 });
    await queue.tick(async () => void (await runTick()));
  }
  const sweeper = setInterval(
    () =>
      void Promise.all([sweep(ctx), ctx.quota.flush()]).catch((error: Error) =>
        log.warn({ reason: error.message }, 'sweep failed'),
      ),
    overrides.sweepEveryMs ?? 10_000,
  );
  const disk = store.embedded ? guardDisk(ctx) : undefined;
  const secrets = config.lark ?? { ...overrides.sandbox!, appId: SANDBOX_APP_ID };
  const entrance: Entrance = { core, queue, secrets, bot: ownIdentity(ctx), socket: undefined };
  if (config.larkConnection === 'socket' && config.role !== 'worker')
    entrance.socket = openSocket(config, overrides, entrance);
  const server = await serve(config, overrides, entrance).catch(async (error: Error) => {
    clearInterval(sweeper);
    clearInterval(disk);
    await queue.close();
    await store.close();
    throw error;
  });
  entrance.socket?.start();
  if (works)
    await Promise.all([sweep(ctx, ctx.newId()), runTick()]).catch((error: Error) =>
      log.warn({ reason: error.message }, 'first pass failed'),
    );

  const stopServing = async () => {
    clearInterval(sweeper);
    clearInterval(disk);
    await entrance.socket?.close();
    if (server.listening)
      await new Promise<void>((resolve) => {
        // Feishu and proxies keep connections open for more; each is let go once its answer is out.
        const hangUp = setInterval(() => server.closeIdleConnections(), 50);
        server.close(() => {
          clearInterval(hangUp);
          resolve();
        });
      });
  };
  return {
    ...core,
    queue,
    url: urlOf(config, server),
    connected: () => entrance.socket?.status().connected ?? true,
    tick: runTick,
    sweep: () => sweep(ctx, ctx.newId()),
    stopServing,
    async stop() {
      await stopServing();
      await ctx.gate.settled();
      await queue.close();
      await closeStore({ quota: ctx.quota, store });
    },
  };
}
