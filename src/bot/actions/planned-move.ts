import { plannedMove as plannedMoveCard } from '../../cards/index.ts';
import type { Action } from '../outcome.ts';
import { askedPlan } from '../planned.ts';
import { reminderCard } from '../reminders.ts';
import { activityShown } from '../shown.ts';

/** 改期 on a plan whose day is over: asks for the day. */
export const plannedMove: Action = {
  name: 'planned_move',
  run: async (trx, facts, click) => {
    const { plan, notice, settled } = await askedPlan(trx, facts, click);
    if (settled) return { say: () => reminderCard(trx, facts, notice) };
    return { say: () => plannedMoveCard({ activity: plan.id, shown: activityShown(plan, facts), notice }, facts.t) };
  },
};
