import { confirmEachOther } from '../../plan/confirm.ts';
import { lockActivity, type StoredActivity } from '../../store/activities.ts';
import type { Hint } from '../../store/notices.ts';
import { type LedgerChange, type Recorded, recordChanges } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { redraw } from '../intake/redraw.ts';

export const confirmedBy = (before: StoredActivity): Extract<LedgerChange, { before: unknown }> => ({
  what: 'confirmed',
  before,
  activity: { ...before, confirmation: 'confirmed', disputeReason: undefined },
});

const isOpen = ({ status, confirmation }: StoredActivity): boolean => status === 'done' && confirmation === undefined;

/** If both schools of a pairing report one occasion, each record confirms the other, and both cards show it. */
export async function confirmBothSides(
  trx: Trx,
  facts: Facts,
  recorded: Recorded[],
): Promise<{ recorded: Recorded[]; hints: Hint[] }> {
  const { programme, now, today, me } = facts;
  const hints: Hint[] = [];
  const after: Recorded[] = [];
  for (const one of recorded) {
    const others = isOpen(one.activity) ? one.beside.filter((b) => confirmEachOther(programme, one.activity, b)) : [];
    if (others.length === 0) {
      after.push(one);
      continue;
    }
    const locked = await Promise.all(others.map((b) => lockActivity(trx, programme.id, b.id)));
    const counterparts = locked.filter((a): a is StoredActivity => a !== undefined && isOpen(a));
    const changes = [one.activity, ...counterparts].map(confirmedBy);
    const [confirmed] = await recordChanges(trx, programme, changes, { now, today, byId: me.id });
    after.push({ ...confirmed!, ...(one.evidence !== undefined && { evidence: one.evidence }) });
    for (const cause of new Set(counterparts.flatMap((a) => a.cause ?? [])))
      hints.push(...(await redraw(trx, facts, cause)));
  }
  return { recorded: after, hints };
}
