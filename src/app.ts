import {
  CannotStart,
  type Core,
  type Overrides,
  openCore,
  prefixOf,
  SANDBOX_APP_ID,
  START_WITHIN_MS,
} from './app/core.ts';
import { type Entrance, guardDisk, hangUp, openSocket, ownIdentity, serve, urlOf } from './app/entrance.ts';
import { createOutward } from './app/outward.ts';
import { doChore } from './bot/intake/do-chore.ts';
import type { Config } from './config.ts';
import { jobs } from './jobs/index.ts';
import { openQueue, type Queue } from './jobs/queue.ts';
import { sendNotice } from './jobs/send-notice.ts';
import { sweep } from './jobs/sweep.ts';
import { tick } from './jobs/tick.ts';
import { voidChoreLeases } from './store/chores.ts';
import { voidTableLeases } from './store/mirror-tables.ts';
import { voidLeases } from './store/notice-sending.ts';
import { dropStaged } from './store/staging.ts';
import { slicesOf } from './store/transaction.ts';

export interface App extends Core {
  queue: Queue;
  /** The address where it listens. A worker serves operators there, not Feishu. */
  url: string;
  /** Whether the long connection is up; true if none is used. */
  connected(): boolean;
  /** Runs the jobs that are due now, for the sandbox's clock and tests. Returns the jobs that ran. */
  tick(): Promise<string[]>;
  /** Takes up what is due at once after the clock was moved: the queue has its own clock. */
  sweep(): Promise<number>;
  /** Accepts nothing new; the queue and the store go on. */
  stopServing(): Promise<void>;
  /** Finishes what was accepted and closes everything. */
  stop(): Promise<void>;
}

/** Builds the running program; only this file and app/ build things. Resolves when it serves. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  await using opening = new AsyncDisposableStack();
  let queue!: Queue;
  const core = await openCore(config, overrides, async (log) => {
    const { redisUrl: url } = config;
    const backend = url
      ? ({ kind: 'redis', url, prefix: prefixOf(overrides) } as const)
      : ({ kind: 'memory' } as const);
    queue = await openQueue(backend, log, overrides.startWithinMs ?? START_WITHIN_MS).catch((error: Error) => {
      throw new CannotStart(error.message);
    });
    return queue;
  });
  opening.defer(core.close);
  const { ctx, store } = core;
  opening.defer(() => ctx.intake.settled());
  await dropStaged(store.db, slicesOf(store.db), ctx.now(), store.embedded ? 'all' : 'dead');
  if (store.embedded) {
    await voidLeases(store.db);
    await voidChoreLeases(store.db);
    await voidTableLeases(store.db);
  }

  const isWorker = config.role !== 'web';
  const runTick = () => tick(ctx, jobs);
  if (isWorker) {
    for (const line of ['answers', 'notices'] as const)
      queue.work(line, async (job) => sendNotice(ctx, (job.data as { id: string }).id), { concurrency: 8 });
    queue.work('chores', async (job) => doChore(ctx, (job.data as { id: string }).id), { concurrency: 4 });
    await queue.tick(async () => void (await runTick()));
  }

  const serving = opening.use(new AsyncDisposableStack());
  const every = (ms: number, work: () => void) => serving.adopt(setInterval(work, ms), clearInterval);
  every(overrides.sweepEveryMs ?? 10_000, () => {
    Promise.all([sweep(ctx), ctx.quota.flush()]).catch((error: Error) =>
      ctx.log.warn({ reason: error.message }, 'sweep failed'),
    );
  });
  const outward = createOutward(ctx);
  serving.defer(outward.close);
  if (isWorker) every(overrides.sweepEveryMs ?? 10_000, () => void outward.run());
  if (store.embedded) every(1_000, guardDisk(ctx));
  const secrets = config.lark ?? { ...overrides.sandbox!, appId: SANDBOX_APP_ID };
  const entrance: Entrance = { core, queue, secrets, bot: ownIdentity(ctx), socket: undefined };
  if (config.larkConnection === 'socket' && config.role !== 'worker')
    entrance.socket = await openSocket(config, overrides, entrance);
  const server = await serve(config, overrides, entrance);
  serving.defer(() => hangUp(server));
  serving.defer(() => entrance.socket?.close());
  entrance.socket?.start();
  if (isWorker)
    await Promise.all([sweep(ctx, ctx.newId()), runTick()]).catch((error: Error) =>
      ctx.log.warn({ reason: error.message }, 'first pass failed'),
    );

  const running = opening.move();
  return {
    ...core,
    queue,
    url: urlOf(config, server),
    connected: () => entrance.socket?.status().connected ?? true,
    tick: runTick,
    sweep: async () => {
      const owed = await sweep(ctx, ctx.newId());
      await outward.run();
      return owed;
    },
    stopServing: () => serving.disposeAsync(),
    stop: () => running.disposeAsync(),
  };
}
