import type { Db } from './db.ts';
import { insertOnce, type Trx } from './transaction.ts';

/** No job runs this long: whoever took it and has not finished by then is dead. */
const DEAD_MS = 10 * 60_000;
/** What failed (the database was away) is tried again: every job may be run twice for one instant. */
const AGAIN_MS = 2 * 60_000;

/** Takes a due instant of a job for this process; false where it has been taken by one that lives or has succeeded. */
export async function takeRun(trx: Trx, job: string, instant: number, now: number): Promise<boolean> {
  if (await insertOnce(trx, 'run', { job, instant, state: 'running', started_at: now, finished_at: null })) return true;
  const taken = await trx
    .updateTable('run')
    .set({ state: 'running', started_at: now })
    .where('job', '=', job)
    .where('instant', '=', instant)
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'running'), eb('started_at', '<', now - DEAD_MS)]),
        eb.and([eb('state', '=', 'failed'), eb('started_at', '<', now - AGAIN_MS)]),
      ]),
    )
    .executeTakeFirst();
  return Number(taken.numUpdatedRows) > 0;
}

/** Whether a job has ever been taken. */
export async function hasRuns(db: Db | Trx, job: string): Promise<boolean> {
  const row = await db.selectFrom('run').select('job').where('job', '=', job).limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function finishRun(
  db: Db | Trx,
  job: string,
  instant: number,
  state: 'done' | 'failed' | 'superseded',
  now: number,
) {
  await db
    .updateTable('run')
    .set({ state, finished_at: now })
    .where('job', '=', job)
    .where('instant', '=', instant)
    .execute();
}
