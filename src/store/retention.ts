import { DAY_MS, dayAt } from '../plan/clock.ts';
import type { Db } from './db.ts';
import type { Trx } from './transaction.ts';

/**
 * How many days each kind of data is kept: the one place that says it. docs/privacy.md tells people, `export compliance` the auditor;
 * a test holds the three together. Records and photos stay until they are forgotten.
 */
export const RETENTION_DAYS = {
  /** Names of events and messages that were taken in, files on their way, workbooks that were sent. Feishu's own retries end after 7 h. */
  inbox: 30,
  /** Files made by `export` in DATA_DIR/exports, and what a killed process left there. */
  exports: 30,
  /** Reports nobody finished. */
  draft: 30,
  /** What the bureau’s own systems were told, and what never reached them. */
  outgoing: 30,
  /** What was sent, word for word; that it was sent is remembered. */
  notice: 180,
  /** Redraws of cards and emojis, of which nothing need be remembered. */
  redraw: 30,
  /** That somebody was told of a duty: no duty is asked about for longer than a cycle. */
  reminder: 800,
  /** What people answered about a duty. */
  check_in: 400,
  /** Which instants of which job have run. */
  run: 60,
  /** Help that is closed. */
  help: 365,
  /** Arrangements as they were proposed; what they changed stays. */
  arrangement: 365,
  /** Who saw and took what. */
  audit: 1_095,
} as const;

/** What is older than this instant has been kept long enough, as of `now` (epoch milliseconds). */
export const keptSince = (kind: keyof typeof RETENTION_DAYS, now: number): number =>
  now - RETENTION_DAYS[kind] * DAY_MS;

/** No words, no receiver: what is left of a notice whose time is over. */
export const NO_WORDS = JSON.stringify({ op: 'send', openId: '', card: {}, text: '' });

/** Removes from the store what has been kept long enough, as of `now` (epoch milliseconds). */
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
  // Help that was asked for stays until it is closed.
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

/** The last instant of each job stays: a job that has none is taken for a new one, and what it missed for nothing. */
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
