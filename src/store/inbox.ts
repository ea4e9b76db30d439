import { CAUSE } from '../plan/identities.ts';
import type { Db } from './db.ts';
import { insertAllOrSome, type Trx } from './transaction.ts';

/**
 * Registers a push under all the names it may come back by (event id, message id). Returns whether it is new, and the cause under which
 * its results are stored: the first name of its first delivery.
 */
export async function takeIn(trx: Trx, names: string[], now: number): Promise<{ fresh: boolean; cause: string }> {
  const cause = names[0]!;
  const rows = names.map((id) => ({ id, cause, received_at: now }));
  if (await insertAllOrSome(trx, 'inbox', rows)) return { fresh: true, cause };
  const known = await trx.selectFrom('inbox').select('cause').where('id', 'in', names).execute();
  // This very delivery may have registered the name just now, in parallel.
  return { fresh: false, cause: known.find((row) => row.cause !== cause)?.cause ?? cause };
}

export async function forgetInbox(trx: Trx, before: number): Promise<void> {
  await trx.deleteFrom('inbox').where('received_at', '<', before).execute();
}

/** Which of these messages have arrived here. */
export async function arrivedMessages(db: Db, messageIds: string[]): Promise<Set<string>> {
  if (messageIds.length === 0) return new Set();
  const names = messageIds.map(CAUSE.message);
  const rows = await db.selectFrom('inbox').select('id').where('id', 'in', names).execute();
  return new Set(rows.map((r) => r.id.slice(CAUSE.message('').length)));
}
