import type { Db } from './db.ts';
import type { Trx } from './transaction.ts';

const DAY_MS = 86_400_000;

/** How many days each kind of data is kept; docs/privacy.md says so to people. Records and photos stay until they are forgotten. */
export const RETENTION_DAYS = {
  /** Reports nobody finished. */
  draft: 30,
  /** What was sent, word for word; that it was sent is remembered. */
  notice: 180,
  /** Help that is closed. */
  help: 365,
  /** Who saw and took what. */
  audit: 1_095,
} as const;

/** No words, no receiver: what is left of a notice whose time is over. */
const EMPTY = JSON.stringify({ op: 'send', openId: '', card: {}, text: '' });

/** Removes what has been kept long enough, as of `now` (epoch milliseconds). */
export async function forgetOld(db: Db | Trx, now: number): Promise<void> {
  const before = (kind: keyof typeof RETENTION_DAYS) => now - RETENTION_DAYS[kind] * DAY_MS;
  await db.deleteFrom('draft').where('created_at', '<', before('draft')).execute();
  await db
    .updateTable('notice')
    .set({ body: EMPTY })
    .where('due_at', '<', before('notice'))
    .where('state', 'not in', ['planned', 'claimed'])
    .where('body', '!=', EMPTY)
    .execute();
  await db.deleteFrom('help_request').where('state', '=', 'closed').where('asked_at', '<', before('help')).execute();
  await db.deleteFrom('audit').where('at', '<', before('audit')).execute();
}
