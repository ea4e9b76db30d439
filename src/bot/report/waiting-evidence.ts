import { attachEvidence, type Evidence, lockWaiting } from '../../store/evidence.ts';
import type { LedgerChange, Recorded } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';

/** A photo belongs to the sender's last record if it is no older than this; otherwise it waits this long for the next. */
export const REACH_MS = 30 * 60_000;

/** Recent evidence without a record goes to the last of the records just made. */
export async function takeWaiting(
  trx: Trx,
  { posts, said }: Facts,
  changes: LedgerChange[],
  recorded: Recorded[],
): Promise<Recorded[]> {
  const newIds = changes.flatMap((c) => ('before' in c && c.before.status !== 'planned' ? [] : [c.activity.id]));
  const happened = recorded.filter(({ activity: a }) => ['done', 'attempted'].includes(a.status));
  const taking = happened.findLast(({ activity }) => newIds.includes(activity.id));
  if (!taking) return recorded;
  const waiting: Evidence[] = [];
  for (const { programme, me } of posts)
    waiting.push(...(await lockWaiting(trx, programme.id, me.id, said - REACH_MS)));
  for (const one of waiting) await attachEvidence(trx, one, taking.activity);
  return waiting.length === 0 ? recorded : recorded.map((r) => (r === taking ? { ...r, evidence: waiting.length } : r));
}
