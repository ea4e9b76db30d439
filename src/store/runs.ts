import type { Updateable } from 'kysely';
import type { Tables } from './schema.ts';
import { insertOnce, locking, type Trx } from './transaction.ts';

/** No job runs this long: an unfinished run that is older has died. */
const DEAD_MS = 10 * 60_000;
/** A failed run (the database was away) is repeated: every job may run twice for one instant. */
const AGAIN_MS = 2 * 60_000;

/**
 * Takes a due instant of a job for this process; false if a live process has it, it has succeeded, or the store did not know the job
 * (tick.ts says why). Looks before it inserts: on MySQL a refused insert keeps a shared lock, and two that then write deadlock.
 */
export async function takeRun(trx: Trx, job: string, instant: number, now: number): Promise<boolean> {
  const found = await trx
    .selectFrom('run')
    .select(['state', 'started_at'])
    .where('job', '=', job)
    .where('instant', '=', instant)
    .$call(locking(trx))
    .executeTakeFirst();
  if (found) {
    const since = now - Number(found.started_at);
    const mayRepeat = found.state === 'running' ? since > DEAD_MS : found.state === 'failed' && since > AGAIN_MS;
    if (mayRepeat) await setRun(trx, job, instant, { state: 'running', started_at: now });
    return mayRepeat;
  }
  const first = !(await hasRuns(trx, job));
  const run = first ? { state: 'superseded', finished_at: now } : { state: 'running', finished_at: null };
  return (await insertOnce(trx, 'run', { job, instant, started_at: now, ...run })) && !first;
}

/** Whether a job has ever run. */
async function hasRuns(trx: Trx, job: string): Promise<boolean> {
  const row = await trx.selectFrom('run').select('job').where('job', '=', job).limit(1).executeTakeFirst();
  return row !== undefined;
}

export const finishRun = (trx: Trx, job: string, instant: number, state: 'done' | 'failed', now: number) =>
  setRun(trx, job, instant, { state, finished_at: now });

async function setRun(trx: Trx, job: string, instant: number, to: Updateable<Tables['run']>): Promise<void> {
  await trx.updateTable('run').set(to).where('job', '=', job).where('instant', '=', instant).execute();
}
