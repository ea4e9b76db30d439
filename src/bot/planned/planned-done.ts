import type { Action } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/reminders.ts';
import { askedPlan, planDone, plannedForm, stillNeeded } from './planned.ts';

/** 做了 on a plan whose day is over: it becomes a record, or the form asks for what is missing. */
export const plannedDone: Action = {
  name: 'planned_done',
  run: async (trx, facts, click) => {
    const { settled, ...asked } = await askedPlan(trx, facts, click);
    if (settled) return { say: () => reminderCard(trx, facts, asked.notice) };
    const lacks = stillNeeded(asked.plan);
    if (lacks.length > 0) return { say: () => plannedForm(asked, lacks, facts) };
    return planDone(trx, facts, asked);
  },
};
