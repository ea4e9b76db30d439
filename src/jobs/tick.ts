import type { Ctx } from '../context.ts';
import { finishRun, takeRun } from '../store/runs.ts';
import { transact } from '../store/transaction.ts';
import type { Job } from './job.ts';

/**
 * Runs each job's latest due instant, once in all processes and for all time. What was missed before it (the program was
 * down) is superseded: people get the latest, not a burst. What was due before the store first saw the job was missed by nobody:
 * whoever installs the program in the afternoon wakes up no county. Called every minute, at start, and when the sandbox's clock moves.
 */
export async function tick(ctx: Ctx, jobs: Record<string, Job>): Promise<string[]> {
  const ran: string[] = [];
  const now = ctx.now();
  for (const job of Object.values(jobs)) {
    const instant = job.latestDue(now, ctx.config.timezone);
    if (instant === undefined) continue;
    if (!(await transact(ctx.db, (trx) => takeRun(trx, job.name, instant, now)))) continue;
    const finish = (state: 'done' | 'failed') =>
      transact(ctx.db, (trx) => finishRun(trx, job.name, instant, state, ctx.now()));
    try {
      await job.run(ctx, instant);
      await finish('done');
      ran.push(job.name);
    } catch (error) {
      ctx.log.error({ err: error, job: job.name, instant }, 'job failed');
      await finish('failed');
    }
  }
  return ran;
}
