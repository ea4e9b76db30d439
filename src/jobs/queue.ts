import type { PGlite } from '@electric-sql/pglite';
import {
  type BackendFactory,
  Queue as BullQueue,
  createPostgresBackend,
  type Job,
  type PgPool,
  runMigrations,
  UnrecoverableError,
  Worker,
} from 'bullmq';
import { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';

/** Answers have a queue of their own, so that no digest ever stands before a reply. */
export const queueNames = ['answers', 'notices', 'chores', 'tick'] as const;
export type QueueName = (typeof queueNames)[number];

/**
 * Where jobs wait. `redis`: `redis://`, `rediss://`, or `redis-cluster://host:port,host:port` for Redis Cluster;
 * `prefix` keeps installations apart and must carry a hash tag (`{jiedui}`) on a cluster.
 * `pglite`: the database the store uses too; the caller opens and closes it.
 */
export type QueueBackend = { kind: 'redis'; url: string; prefix: string } | { kind: 'pglite'; pglite: PGlite };

export type QueueJob = { id: string; name: string; data: unknown };

/** `{ retryInMs }` puts the same job back for that long; nothing means done. A thrown error drops the job: the sweep finds what it left. */
export type JobHandler = (job: QueueJob) => Promise<{ retryInMs: number } | undefined>;

/** What the rest of the program knows about the job queue. Jobs are hints: losing every one of them costs a delay, never a message. */
export type Queue = {
  /**
   * Puts a job in line. Call it only after commit: on the embedded store a call inside a transaction waits for ever.
   * A `jobId` that is still waiting, delayed or running is silently kept as it is. It must not hold a colon.
   */
  add(queue: QueueName, name: string, data: object, opts: { jobId: string; delayMs?: number }): Promise<void>;
  /** Starts taking jobs from one line, `concurrency` at a time in this process. */
  work(queue: QueueName, handler: JobHandler, opts: { concurrency: number }): void;
  /** Calls `handler` every `everyMs` (default a minute), in one process at a time whichever is free. */
  tick(handler: () => Promise<void>, everyMs?: number): Promise<void>;
  /** Whether the queue answers now (within two seconds). */
  ready(): Promise<boolean>;
  /** Jobs per line and state, for metrics. */
  counts(): Promise<Record<QueueName, Record<string, number>>>;
  /** The BullMQ queues themselves, for the operators' board only. */
  bullQueues(): BullQueue[];
  /** Takes no more jobs, waits for those that run, and lets go of the connections. */
  close(): Promise<void>;
};

type Wiring = {
  adding: { connection: never; prefix?: string };
  working: { connection: never; prefix?: string };
  factory: BackendFactory | undefined;
  /** Throws when the backend does not answer. */
  ping(): Promise<unknown>;
  /** The last reason for which it did not. */
  why(): string | undefined;
  close(): Promise<void>;
};

/** A refused connection to a name with two addresses carries its reason only inside. */
const reasonOf = (error: unknown): string => {
  const { message, code, errors } = error as { message?: string; code?: string; errors?: Error[] };
  return message || errors?.[0]?.message || code || String(error);
};

const backoffMs = (attempt: number) => Math.min(200 * 2 ** Math.min(attempt, 6), 5_000);

/** One connection that comes back by itself, with growing pauses, for as long as the process lives. */
export function connectRedis(url: string, options: { enableOfflineQueue: boolean }): Redis | Cluster {
  const redisOptions = { ...options, maxRetriesPerRequest: null, connectTimeout: 5_000 };
  if (!url.startsWith('redis-cluster://')) return new Redis(url, { ...redisOptions, retryStrategy: backoffMs });
  const nodes = url.slice('redis-cluster://'.length).split(',');
  return new Cluster(
    nodes.map((node) => `redis://${node}`),
    { ...options, clusterRetryStrategy: backoffMs, redisOptions },
  );
}

/** Two connections: adding fails at once while Redis is away (the sweep adds again), workers wait for its return. */
function wireRedis(url: string, prefix: string, log: Logger): Wiring {
  const adding = connectRedis(url, { enableOfflineQueue: false });
  const working = connectRedis(url, { enableOfflineQueue: true });
  let away: string | undefined;
  adding.on('error', (error: Error) => {
    if (!away) log.warn({ reason: reasonOf(error) }, 'REDIS_URL: the server does not answer; trying again');
    away = reasonOf(error);
  });
  adding.on('ready', () => {
    if (away) log.info('REDIS_URL: the server answers');
    away = undefined;
  });
  working.on('error', () => {});
  return {
    adding: { connection: adding as never, prefix },
    working: { connection: working as never, prefix },
    factory: undefined,
    ping: () => adding.ping(),
    why: () => away,
    close: async () => {
      adding.disconnect();
      working.disconnect();
    },
  };
}

/**
 * The embedded queue: BullMQ's own PostgreSQL backend over the one PGlite session.
 * PGlite has no pool, so every "client" is the same session; what BullMQ asks of it is single statements and LISTEN.
 */
async function wirePglite(pglite: PGlite): Promise<Wiring> {
  // As in node-postgres, a text without parameters may hold several statements; the migrations do.
  const query = async (text: string, params?: readonly unknown[]) =>
    (params ? await pglite.query(text, [...params]) : (await pglite.exec(text)).at(-1)) as never;
  const client = () => {
    const stops = new Map<unknown, () => void>();
    const self = {
      query,
      on(event: string, listener: (message: never) => void) {
        if (event === 'notification')
          stops.set(
            listener,
            pglite.onNotification((channel, payload) => listener({ channel, payload } as never)),
          );
        return self;
      },
      removeListener(_event: string, listener: unknown) {
        stops.get(listener)?.();
        stops.delete(listener);
        return self;
      },
      removeAllListeners() {
        for (const stop of stops.values()) stop();
        stops.clear();
        return self;
      },
      release: () => void self.removeAllListeners(),
    };
    return self;
  };
  const pool = {
    query,
    connect: async () => client(),
    end: async () => undefined,
    on: () => pool,
    removeAllListeners: () => pool,
  };
  await runMigrations(client());
  // BullMQ's functions name their tables without a schema; ours live in public and must be found first.
  await pglite.query('set search_path = public, bullmq');
  const options = { connection: pool as PgPool as never };
  return {
    adding: options,
    working: options,
    factory: createPostgresBackend as never,
    ping: () => pglite.query('select 1'),
    why: () => undefined,
    close: async () => undefined,
  };
}

/** Rejects after `ms`. The work itself goes on: its outcome no longer matters to the caller. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Pings with growing pauses until it succeeds or about `withinMs` have gone; then throws the last reason, under the setting's name. */
async function untilAnswered(wiring: Wiring, withinMs: number): Promise<void> {
  for (let attempt = 0, waited = 0; ; attempt++) {
    try {
      await within(2_000, wiring.ping());
      return;
    } catch (error) {
      if (waited >= withinMs) throw new Error(`REDIS_URL: ${wiring.why() ?? reasonOf(error)}`);
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
      waited += backoffMs(attempt);
    }
  }
}

/**
 * Opens the job queue. Resolves once the backend answers.
 * Throws `REDIS_URL: …` when Redis does not within `startWithinMs`; afterwards an absent server is only logged and waited for.
 */
export async function openQueue(backend: QueueBackend, log: Logger, startWithinMs = 60_000): Promise<Queue> {
  const wiring =
    backend.kind === 'redis' ? wireRedis(backend.url, backend.prefix, log) : await wirePglite(backend.pglite);
  try {
    await untilAnswered(wiring, startWithinMs);
  } catch (error) {
    await wiring.close();
    throw error;
  }
  const onError = (error: Error) => log.debug({ reason: error.message }, 'queue');

  const queues = new Map<QueueName, BullQueue>();
  for (const name of queueNames) {
    const queue = new BullQueue(
      name,
      { ...wiring.adding, streams: { events: { maxLen: 100 } } },
      wiring.factory as never,
    );
    queue.on('error', onError);
    queues.set(name, queue);
  }
  const workers: Worker[] = [];
  let arranging: NodeJS.Timeout | undefined;

  const work: Queue['work'] = (name, handler, { concurrency }) => {
    const run = async (job: Job) => {
      const later = await handler({ id: job.id!, name: job.name, data: job.data }).catch((error: unknown) => {
        log.error({ err: error, queue: name, job: job.name, jobId: job.id }, 'job failed');
        throw new UnrecoverableError('failed');
      });
      // BullMQ asks `backoffStrategy` below what to do with a thrown error: the wait travels on the error.
      if (later) throw Object.assign(new Error('retry later'), later);
    };
    const worker = new Worker(
      name,
      run,
      {
        ...wiring.working,
        concurrency,
        drainDelay: 2,
        runRetryDelay: 1_000,
        settings: { backoffStrategy: (_attempts, _type, error) => (error as { retryInMs?: number }).retryInMs ?? -1 },
      },
      wiring.factory as never,
    );
    worker.on('error', onError);
    workers.push(worker);
  };

  const ready = () =>
    within(2_000, wiring.ping()).then(
      () => true,
      () => false,
    );

  // `attempts` has no end: the handler alone decides when to stop, by not asking for another try.
  const leaveNothing = { removeOnComplete: true, removeOnFail: true };
  const defaults = { ...leaveNothing, attempts: 1_000_000, backoff: { type: 'custom' } };

  return {
    async add(name, job, data, { jobId, delayMs }) {
      await within(
        2_000,
        queues.get(name)!.add(job, data, { ...defaults, jobId, ...(delayMs ? { delay: delayMs } : {}) }),
      );
    },
    work,
    async tick(handler, everyMs = 60_000) {
      const line = queues.get('tick')!;
      // An emptied Redis has forgotten the scheduler; one that is there stays as it is, or each look would push the tick away.
      const arrange = async () => {
        if (await line.getJobScheduler('tick')) return;
        await line.upsertJobScheduler('tick', { every: everyMs }, { name: 'tick', opts: leaveNothing });
      };
      await arrange();
      arranging = setInterval(() => void arrange().catch(onError), everyMs);
      work('tick', async () => void (await handler()), { concurrency: 1 });
    },
    ready,
    async counts() {
      const rows = [...queues].map(async ([name, queue]) => [name, await within(2_000, queue.getJobCounts())] as const);
      return Object.fromEntries(await Promise.all(rows)) as Record<QueueName, Record<string, number>>;
    },
    bullQueues: () => [...queues.values()],
    async close() {
      clearInterval(arranging);
      const closing = [...workers, ...queues.values()].map((part) => part.close());
      // Whoever waits for an absent Redis waits in vain; and what is cut short is a hint that the sweep finds again.
      await within((await ready()) ? 20_000 : 1_000, Promise.all(closing)).catch(async () => {
        log.warn('the queue did not close in time; what still runs is taken up again later');
        await Promise.allSettled(workers.map((worker) => within(1_000, worker.disconnect())));
      });
      await wiring.close();
    },
  };
}
