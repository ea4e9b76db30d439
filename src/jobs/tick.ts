import type { Ctx } from '../context.ts';
import { finishRun, takeRun } from '../store/runs.ts';
import { transact } from '../store/transaction.ts';
import type { Job } from './job.ts';

/**
 * Runs each job's latest due instant, once across all processes. Earlier instants missed while the program was down are superseded: people
 * get the latest, not a burst. Instants before the store first saw the job are skipped, so that an installation in the afternoon sends no
 * county its morning cards. Called every minute, at start, and when the sandbox's clock moves.
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
