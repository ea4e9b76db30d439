import { UserError } from '../../errors.ts';
import type { Action } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/reminders.ts';
import { askedPlan, planFailed } from './planned.ts';

/** Why it came to nothing. */
export const plannedFailedSave: Action = {
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
