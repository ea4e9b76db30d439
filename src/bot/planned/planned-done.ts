import type { Action } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/own-reminder.ts';
import { filledIn, orFormAgain } from '../report/form-answers.ts';
import { askedPlan } from './asked-plan.ts';
import { planDone, plannedForm, stillNeeded } from './plan-done.ts';

/** 做了 on a plan whose day is over: it becomes a record, or the form asks for what is missing. */
export const plannedDoneAction: Action<'planned_done'> = {
  name: 'planned_done',
  run: async (trx, facts, click) => {
    const { settled, ...asked } = await askedPlan(trx, facts, click);
    if (settled) return { say: () => reminderCard(trx, facts, asked.notice) };
    const lacks = stillNeeded(asked.plan);
    if (lacks.length > 0) return { say: () => plannedForm(asked, lacks, facts) };
    return planDone(trx, facts, asked);
  },
};

/** The missing fields of a plan are filled in: it becomes a record. */
export const plannedFinishAction: Action<'planned_finish'> = {
  name: 'planned_finish',
  run: async (trx, facts, click) => {
    const { settled, ...asked } = await askedPlan(trx, facts, click);
    if (settled) return { say: () => reminderCard(trx, facts, asked.notice) };
    const needed = stillNeeded(asked.plan);
    const finish = () => {
      const done = { ...asked.plan, status: 'done' as const, ...(needed.includes('date') ? { date: '' } : {}) };
      return planDone(trx, facts, asked, filledIn(done, click.form, { fields: needed }, facts));
    };
    return orFormAgain(facts, finish, (problem) => plannedForm(asked, needed, facts, problem));
  },
};
