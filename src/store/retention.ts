import { DAY_MS, dayAt } from '../plan/clock.ts';
import type { Db } from './db.ts';
import type { Trx } from './transaction.ts';

/**
 * How many days each kind of data is kept. docs/privacy.md and `export compliance` state the same figures; a test compares the three.
 * Records and photos stay until they are erased.
 */
export const RETENTION_DAYS = {
  /** Names of received events and messages, downloads under way, workbooks that were sent. Feishu retries for 7 h. */
  inbox: 30,
  /** Files made by `export` in DATA_DIR/exports, and remains of a killed process there. */
  exports: 30,
  /** Unfinished reports. */
  draft: 30,
  /** Events for the bureau's own systems, including undelivered ones. */
  outgoing: 30,
  /** The text of sent messages; that they were sent is remembered. */
  notice: 180,
  /** Redraws of cards and emojis, which leave no trace. */
  redraw: 30,
  /** Reminders that were sent about a duty: no duty is asked about for longer than a cycle. */
  reminder: 800,
  /** Answers about a duty. */
  check_in: 400,
  /** Which instants of which job have run. */
  run: 60,
  /** Closed requests for help. */
  help: 365,
  /** Proposals of arrangements; what they changed stays. */
  arrangement: 365,
  /** Who saw and took what. */
  audit: 1_095,
} as const;

/** The instant before which data has been kept long enough, as of `now` (epoch milliseconds). */
export const keptSince = (kind: keyof typeof RETENTION_DAYS, now: number): number =>
  now - RETENTION_DAYS[kind] * DAY_MS;

/** What remains of an expired notice: neither text nor recipient. */
export const NO_WORDS = JSON.stringify({ op: 'send', openId: '', card: {}, text: '' });

/** Removes everything that has been kept long enough, as of `now` (epoch milliseconds). */
export async function forgetOld(db: Db | Trx, now: number): Promise<void> {
  await db.deleteFrom('draft').where('created_at', '<', keptSince('draft', now)).execute();
  await db
    .updateTable('notice')
    .set({ body: NO_WORDS })
    .where('due_at', '<', keptSince('notice', now))
    .where('state', 'not in', ['planned', 'claimed'])
    .where('body', '!=', NO_WORDS)
    .execute();
  await db
    .deleteFrom('notice')
    .where('kind', 'in', ['redraw', 'reaction'])
    .where('due_at', '<', keptSince('redraw', now))
    .where('state', 'not in', ['planned', 'claimed'])
    .execute();
  await db
    .deleteFrom('reminder')
    .where('day', '<', dayOf(keptSince('reminder', now)))
    .execute();
  // Open requests for help stay.
  await db
    .deleteFrom('check_in')
    .where('day', '<', dayOf(keptSince('check_in', now)))
    .where('answer', '!=', 'help')
    .execute();
  await forgetRuns(db, keptSince('run', now));
  await db
    .deleteFrom('help_request')
    .where('state', '=', 'closed')
    .where('asked_at', '<', keptSince('help', now))
    .execute();
  await db.deleteFrom('arrangement').where('created_at', '<', keptSince('arrangement', now)).execute();
  await db.deleteFrom('hook_delivery').where('made_at', '<', keptSince('outgoing', now)).execute();
  await db.deleteFrom('audit').where('at', '<', keptSince('audit', now)).execute();
}

/** Keeps the last instant of each job: without one a job counts as new, and missed runs are not made up. */
async function forgetRuns(db: Db | Trx, before: number): Promise<void> {
  const last = await db
    .selectFrom('run')
    .select(['job', (eb) => eb.fn.max('instant').as('instant')])
    .groupBy('job')
    .execute();
  for (const { job, instant } of last)
    await db
      .deleteFrom('run')
      .where('job', '=', job)
      .where('instant', '<', Math.min(Number(instant), before))
      .execute();
}

const dayOf = (ms: number): string => dayAt(ms, 'UTC');
