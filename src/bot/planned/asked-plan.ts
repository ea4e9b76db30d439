import { UserError } from '../../errors.ts';
import { standingOf } from '../../plan/notices/index.ts';
import { lockActivity, type StoredActivity } from '../../store/activities.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { ownReminder } from '../reminders/own-reminder.ts';

/** A plan that somebody was asked about, locked, and the card that asked. */
export interface AskedPlan {
  plan: StoredActivity;
  notice: string;
}

/**
 * The plan a reminder's button refers to, for the person asked only. If its outcome is already known it is `settled`, and the
 * button changes nothing. Throws gone or not_yours.
 */
export async function askedPlan(
  trx: Trx,
  facts: Facts,
  click: { value: { notice: string; activity: string } },
): Promise<AskedPlan & { settled: boolean }> {
  if (facts.group) throw new UserError('group');
  const shown = await ownReminder(trx, facts, click);
  const part = shown.parts.find((p) => p.kind === 'planned-activity' && p.activityId === click.value.activity);
  if (part?.kind !== 'planned-activity') throw new UserError('gone');
  const plan = await lockActivity(trx, facts.programme.id, part.activityId);
  if (!plan) throw new UserError('gone');
  const doneInstead = shown.plans.get(plan.id)?.doneInstead ?? false;
  return { plan, notice: shown.notice, settled: standingOf({ activity: plan, doneInstead }, part) !== 'open' };
}
