import type { Queue as BullQueue, Job, Worker } from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import type { Logger } from 'pino';
import { openInProcess } from './in-process.ts';
import { untilAnswered, wireRedis, within } from './wiring.ts';

/** Answers have a separate queue, so that no digest delays a reply. */
export const queueNames = ['answers', 'notices', 'chores', 'tick'] as const;
export type QueueName = (typeof queueNames)[number];

/**
 * Where jobs wait. `redis`: `redis://`, `rediss://`, or `redis-cluster://host:port,host:port` for Redis Cluster; `prefix` separates
 * installations and must carry a hash tag (`{jiedui}`) on a cluster. `memory`: in this process, beside an embedded store.
 */
export type QueueBackend = { kind: 'redis'; url: string; prefix: string } | { kind: 'memory' };

export type QueueJob = { id: string; name: string; data: unknown };

/**
 * `{ retryInMs }` postpones the same job for that long; undefined means done. A thrown error drops the job: the sweep finds what it left.
 */
export type JobHandler = (job: QueueJob) => Promise<{ retryInMs: number } | undefined>;

/** The job queue as the rest of the program sees it. Jobs are hints: losing them all costs a delay, never a message. */
export type Queue = {
  /**
   * Adds a job. Call it only after commit: the worker reads the row that the job refers to from the store. A `jobId` that is still
   * waiting, delayed or running is left unchanged. It must not contain a colon.
   */
  add(queue: QueueName, name: string, data: object, opts: { jobId: string; delayMs?: number }): Promise<void>;
  /** The same for many at once. */
  addMany(queue: QueueName, jobs: { name: string; data: object; jobId: string; delayMs?: number }[]): Promise<void>;
  /** Starts taking jobs from one queue, `concurrency` at a time in this process. */
  work(queue: QueueName, handler: JobHandler, opts: { concurrency: number }): void;
  /** Calls `handler` every `everyMs` (default a minute), in any one process at a time. */
  tick(handler: () => Promise<void>, everyMs?: number): Promise<void>;
  /** Whether the queue answers now (within two seconds). */
  ready(): Promise<boolean>;
  /** Jobs per queue and state, for metrics. */
  counts(): Promise<Record<QueueName, Record<string, number>>>;
  /** Removes every job that is not running, as an emptied Redis does; for tests and measurements. */
  empty(): Promise<void>;
  /** The BullMQ queues themselves, for the operators' board only; empty if the queue is in memory. */
  bullQueues(): BullQueue[];
  /** The connection for adding, also used for Feishu's pace; it fails at once while Redis is away. */
  redis: Redis | Cluster | undefined;
  /** Takes no more jobs, waits for running ones, and closes the connections. */
  close(): Promise<void>;
};

/**
 * Opens the job queue. Resolves once the backend answers. Throws `REDIS_URL: …` if Redis does not answer within `startWithinMs`; a later
 * outage is only logged and waited out.
 */
export async function openQueue(backend: QueueBackend, log: Logger, startWithinMs = 60_000): Promise<Queue> {
  if (backend.kind === 'memory') return openInProcess(log);
  const bull = await import('bullmq');
  const wiring = await wireRedis(backend.url, backend.prefix, log);
  try {
    await untilAnswered(wiring, startWithinMs);
  } catch (error) {
    wiring.close();
    throw error;
  }
  const onError = (error: Error) => log.debug({ reason: error.message }, 'queue');

  const queues = new Map<QueueName, BullQueue>();
  for (const name of queueNames) {
    const queue = new bull.Queue(name, {
      connection: wiring.adding,
      prefix: wiring.prefix,
      streams: { events: { maxLen: 100 } },
    });
    queue.on('error', onError);
    queues.set(name, queue);
  }
  const workers: Worker[] = [];
  let arranging: NodeJS.Timeout | undefined;

  const work: Queue['work'] = (name, handler, { concurrency }) => {
    const run = async (job: Job) => {
      const later = await handler({ id: job.id!, name: job.name, data: job.data }).catch((error: unknown) => {
        log.error({ err: error, queue: name, job: job.name, jobId: job.id }, 'job failed');
        throw new bull.UnrecoverableError('failed');
      });
      // BullMQ calls `backoffStrategy` below with the thrown error, which carries the wait.
      if (later) throw Object.assign(new Error('retry later'), later);
    };
    const worker = new bull.Worker(name, run, {
      connection: wiring.working,
      prefix: wiring.prefix,
      concurrency,
      runRetryDelay: 1_000,
      settings: { backoffStrategy: (_attempts, _type, error) => (error as { retryInMs?: number }).retryInMs ?? -1 },
    });
    worker.on('error', onError);
    workers.push(worker);
  };

  const ready = () =>
    within(2_000, wiring.ping()).then(
      () => true,
      () => false,
    );

  // `attempts` is unlimited: only the handler decides when to stop, by not asking for another try.
  const leaveNothing = { removeOnComplete: true, removeOnFail: true };
  const defaults = { ...leaveNothing, attempts: 1_000_000, backoff: { type: 'custom' } };

  return {
    async add(name, job, data, { jobId, delayMs }) {
      await within(
        2_000,
        queues.get(name)!.add(job, data, { ...defaults, jobId, ...(delayMs ? { delay: delayMs } : {}) }),
      );
    },
    async addMany(name, jobs) {
      const all = jobs.map(({ name: job, data, jobId, delayMs }) => ({
        name: job,
        data,
        opts: { ...defaults, jobId, ...(delayMs ? { delay: delayMs } : {}) },
      }));
      await within(10_000, queues.get(name)!.addBulk(all));
    },
    work,
    async tick(handler, everyMs = 60_000) {
      const line = queues.get('tick')!;
      // An emptied Redis has lost the scheduler; an existing one is left alone, or each check would push the tick away.
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
    redis: wiring.redis,
    async empty() {
      await Promise.all([...queues.values()].map((queue) => queue.obliterate({ force: true })));
    },
    bullQueues: () => [...queues.values()],
    async close() {
      clearInterval(arranging);
      const closing = [...workers, ...queues.values()].map((part) => part.close());
      // Waiting for an absent Redis is useless; a job that is cut short is a hint that the sweep finds again.
      await within((await ready()) ? 20_000 : 1_000, Promise.all(closing)).catch(async () => {
        log.warn('the queue did not close in time; running jobs will be taken up again later');
        await Promise.allSettled(workers.map((worker) => within(1_000, worker.disconnect())));
      });
      wiring.close();
    },
  };
}
