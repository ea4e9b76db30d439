import { plannedMove as plannedMoveCard } from '../../cards/index.ts';
import { activityShown } from '../insight/card-models.ts';
import type { Action } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/reminders.ts';
import { askedPlan } from './planned.ts';

/** 改期 on a plan whose day is over: asks for the day. */
export const plannedMove: Action = {
  name: 'planned_move',
  run: async (trx, facts, click) => {
    const { plan, notice, settled } = await askedPlan(trx, facts, click);
    if (settled) return { say: () => reminderCard(trx, facts, notice) };
    return { say: () => plannedMoveCard({ activity: plan.id, shown: activityShown(plan, facts), notice }, facts.t) };
  },
};
