import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { type JobHandler, type Queue, type QueueJob, type QueueName, queueNames } from './queue.ts';
import { within } from './wiring.ts';

/** The longest wait of a timer; a job that is due later is checked again then. */
const LONGEST_MS = 2 ** 31 - 1;

type Line = {
  turns: PQueue;
  handler?: JobHandler;
  /** Ids that are waiting, delayed (with their timer) or running. */
  known: Map<string, NodeJS.Timeout | undefined>;
};

/**
 * The job queue of the embedded program, in memory: jobs are hints and the store's rows the truth, so that a restart with an empty queue
 * costs only a sweep.
 */
export function openInProcess(log: Logger): Queue {
  const lines = Object.fromEntries(
    queueNames.map((name) => [name, { turns: new PQueue({ concurrency: 1, autoStart: false }), known: new Map() }]),
  ) as Record<QueueName, Line>;
  let open = true;
  let ticking: NodeJS.Timeout | undefined;

  function put(name: QueueName, job: QueueJob, delayMs = 0): void {
    const { known, turns } = lines[name];
    const enter = () => {
      known.set(job.id, undefined);
      void turns.add(() => run(name, job));
    };
    if (delayMs > 0) known.set(job.id, setTimeout(enter, Math.min(delayMs, LONGEST_MS)));
    else enter();
  }

  async function run(name: QueueName, job: QueueJob): Promise<void> {
    const { known, handler } = lines[name];
    const later = await handler!(job).catch((error: unknown) => {
      log.error({ err: error, queue: name, job: job.name, jobId: job.id }, 'job failed');
      return undefined;
    });
    if (later && open) put(name, job, later.retryInMs);
    else known.delete(job.id);
  }

  const add: Queue['add'] = async (name, job, data, { jobId, delayMs }) => {
    if (!open) throw new Error('the queue is closed');
    if (!lines[name].known.has(jobId)) put(name, { id: jobId, name: job, data }, delayMs);
  };
  const work: Queue['work'] = (name, handler, { concurrency }) => {
    const line = lines[name];
    line.handler = handler;
    line.turns.concurrency = concurrency;
    line.turns.start();
  };

  return {
    add,
    async addMany(name, jobs) {
      for (const { name: job, data, ...opts } of jobs) await add(name, job, data, opts);
    },
    work,
    async tick(handler, everyMs = 60_000) {
      work('tick', async () => void (await handler()), { concurrency: 1 });
      // A tick that still runs is not followed by a second one.
      ticking = setInterval(() => void add('tick', 'tick', {}, { jobId: 'tick' }), everyMs);
    },
    ready: async () => open,
    async counts() {
      const of = ({ turns, known }: Line) => ({
        waiting: turns.size,
        active: turns.pending,
        delayed: known.size - turns.size - turns.pending,
      });
      const { answers, notices, chores, tick } = lines;
      return { answers: of(answers), notices: of(notices), chores: of(chores), tick: of(tick) };
    },
    async empty() {
      for (const { turns, known } of Object.values(lines)) {
        turns.clear();
        for (const timer of known.values()) clearTimeout(timer);
        known.clear();
      }
    },
    bullQueues: () => [],
    redis: undefined,
    async close() {
      open = false;
      clearInterval(ticking);
      const all = Object.values(lines);
      for (const { turns, known } of all) {
        turns.clear();
        for (const timer of known.values()) clearTimeout(timer);
      }
      await within(20_000, Promise.all(all.map(({ turns }) => turns.onIdle()))).catch(() =>
        log.warn('the queue did not close in time; running jobs will be taken up again later'),
      );
    },
  };
}
