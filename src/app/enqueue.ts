import type { Logger } from 'pino';
import type { Queue } from '../jobs/queue.ts';
import type { Hint } from '../store/notices.ts';

/** Tells the queue what waits. Where it cannot be told nothing is lost, only later. */
export async function enqueue(queue: Queue, log: Logger, hints: Hint[]): Promise<void> {
  const adding = [...Map.groupBy(hints, (hint) => hint.line)].map(([line, own]) =>
    queue.addMany(
      line,
      own.map(({ id, attempt, anew, delayMs }) => {
        const jobId = [id, attempt, anew].filter((part) => part !== undefined).join('.');
        return { name: 'send', data: { id }, jobId, delayMs };
      }),
    ),
  );
  const failed = (await Promise.allSettled(adding)).find((result) => result.status === 'rejected');
  if (failed)
    log.warn({ reason: String((failed.reason as Error).message) }, 'queue did not take a hint; the sweep will');
}
