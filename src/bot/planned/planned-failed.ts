import { activityShown } from '../../cards/card-models.ts';
import { plannedFailed } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/own-reminder.ts';
import { askedPlan } from './asked-plan.ts';

const LONGEST_REASON = 200;

/** 没做成 on a plan whose day is over: asks for the reason. */
export const plannedFailedAction: Action<'planned_failed'> = {
  name: 'planned_failed',
  run: async (trx, facts, click) => {
    const { plan, notice, settled } = await askedPlan(trx, facts, click);
    if (settled) return { say: () => reminderCard(trx, facts, notice) };
    return { say: () => plannedFailed({ activity: plan.id, shown: activityShown(plan, facts), notice }, facts.t) };
  },
};

/** Saves the reason for 没做成. */
export const plannedFailedSaveAction: Action<'planned_failed_save'> = {
  name: 'planned_failed_save',
  run: async (trx, facts, click) => {
    const { plan, notice, settled } = await askedPlan(trx, facts, click);
    const say = () => reminderCard(trx, facts, notice);
    if (settled) return { say };
    const { reason } = click.form;
    if (typeof reason !== 'string' || reason.trim() === '') throw new UserError('bad_form', facts.t.fields.reason);
    return { ...planFailed(facts, plan, reason), say };
  },
};

/** Records it as an attempt; coordinators see that it was tried. Throws bad_form. */
export function planFailed(facts: Facts, plan: StoredActivity, reason: string): Outcome {
  const given = reason.trim().normalize('NFC');
  if (given.length > LONGEST_REASON) throw new UserError('bad_form', facts.t.fields.reason);
  const activity = { ...plan, status: 'attempted' as const, ...(given ? { reason: given } : {}) };
  return { do: rewrite({ what: 'edited', before: plan, activity }) };
}
