import type { Db } from './db.ts';
import { insertOnce, type Trx } from './transaction.ts';

/** Takes a due instant of a job for this process; false where it has been taken. */
export async function takeRun(trx: Trx, job: string, instant: number, now: number): Promise<boolean> {
  return insertOnce(trx, 'run', { job, instant, state: 'running', started_at: now, finished_at: null });
}

export async function finishRun(db: Db | Trx, job: string, instant: number, state: 'done' | 'failed', now: number) {
  await db
    .updateTable('run')
    .set({ state, finished_at: now })
    .where('job', '=', job)
    .where('instant', '=', instant)
    .execute();
}

/** Instants of a job that were taken but never finished: their process died. */
export async function abandonedRuns(db: Db, startedBefore: number): Promise<{ job: string; instant: number }[]> {
  return db
    .selectFrom('run')
    .select(['job', 'instant'])
    .where('state', '=', 'running')
    .where('started_at', '<', startedBefore)
    .execute();
}
