import { type NewNotice, type Notice, noticeRow, type Outgoing } from './notice-row.ts';
import { insertOnce, type Trx } from './transaction.ts';

/** Collects the answers of a transaction that this process sends itself after commit. */
interface Outbox {
  now: () => number;
  room: () => number;
  claimed: Notice[];
}
const outboxes = new WeakMap<Trx, Outbox>();

/**
 * From here on, this transaction's answers that may go at once are claimed for this process, while it has `room`. Returns the array that
 * holds them after commit; the caller sends them or releases the claims.
 */
export function claimAnswers(trx: Trx, now: () => number, room: () => number): Notice[] {
  const claimed: Notice[] = [];
  outboxes.set(trx, { now, room, claimed });
  return claimed;
}

/** Plans a notice unless its identity is known. */
export async function planNotice(trx: Trx, notice: NewNotice): Promise<boolean> {
  const outbox = outboxes.get(trx);
  // Not when the transaction began: the answer is due when it was decided, some milliseconds later.
  const now = outbox?.now() ?? 0;
  if (!outbox || !goesAtOnce(notice, now, outbox)) return insertOnce(trx, 'notice', noticeRow(notice));
  const fresh = await insertOnce(trx, 'notice', noticeRow(notice, now));
  if (fresh) outbox.claimed.push({ ...notice, state: 'claimed', attempt: 1, claimedAt: now });
  return fresh;
}

const MESSAGES = new Set<Outgoing['op']>(['reply', 'send', 'post']);

const goesAtOnce = ({ line, dueAt, outgoing }: NewNotice, now: number, { room, claimed }: Outbox): boolean =>
  line === 'answers' && dueAt <= now && MESSAGES.has(outgoing.op) && !outgoing.undrawn && claimed.length < room();
