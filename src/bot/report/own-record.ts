import { UserError } from '../../errors.ts';
import { may } from '../../plan/policy.ts';
import { lockActivity, type StoredActivity } from '../../store/activities.ts';
import type { Trx } from '../../store/transaction.ts';
import { causeCard, recordsCard } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import { helpers, permitYear } from '../intake/permit.ts';

/**
 * The record a button refers to, locked, if the presser may change it: its reporter, the person who did it, or their coordinator.
 * Throws gone or not_yours. `stale`: the card was drawn from an older version.
 */
export async function ownRecord(
  trx: Trx,
  facts: Facts,
  { value }: { value: { activity: string; v?: number } },
): Promise<{ activity: StoredActivity; stale: boolean }> {
  const activity = await lockActivity(trx, facts.programme.id, value.activity);
  if (!activity) throw new UserError('gone');
  const target = { kind: 'record', activity } as const;
  if (!may(facts.me, 'change', target, facts.programme))
    throw new UserError('not_yours', helpers(facts, 'change', target));
  return { activity, stale: value.v !== activity.version };
}

/** The same before a change. Also throws year_closed. */
export async function recordToChange(
  trx: Trx,
  facts: Facts,
  click: { value: { activity: string; v?: number } },
): Promise<{ activity: StoredActivity; stale: boolean }> {
  const record = await ownRecord(trx, facts, click);
  permitYear(facts, record.activity);
  return record;
}

/** The record's card as it is now, with everything its message recorded. */
export async function cardOf(trx: Trx, facts: Facts, activity: StoredActivity) {
  if (activity.cause) return causeCard(trx, facts, activity.cause);
  const now = await lockActivity(trx, facts.programme.id, activity.id);
  return recordsCard(trx, facts, now ? [now] : []);
}
