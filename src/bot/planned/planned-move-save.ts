import type { Action } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/reminders.ts';
import { askedPlan, planMoved } from './planned.ts';

/** The new day of a plan. */
export const plannedMoveSave: Action = {
  name: 'planned_move_save',
  run: async (trx, facts, click) => {
    const { plan, notice, settled } = await askedPlan(trx, facts, click);
    const say = () => reminderCard(trx, facts, notice);
    return settled ? { say } : { ...planMoved(facts, plan, click.form.date), say };
  },
};
