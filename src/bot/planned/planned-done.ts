import { UserError } from '../../errors.ts';
import type { Action } from '../intake/outcome.ts';
import { reminderCard } from '../reminders/own-reminder.ts';
import { missing, withForm } from '../report/form-values.ts';
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

/** What a plan lacked has been filled in: it becomes a record. */
export const plannedFinishAction: Action<'planned_finish'> = {
  name: 'planned_finish',
  run: async (trx, facts, click) => {
    const { settled, ...asked } = await askedPlan(trx, facts, click);
    if (settled) return { say: () => reminderCard(trx, facts, asked.notice) };
    const needed = stillNeeded(asked.plan);
    try {
      const done = { ...asked.plan, status: 'done' as const, ...(needed.includes('date') ? { date: '' } : {}) };
      const filled = withForm(done, click.form, needed, facts);
      const lacks = missing(filled, needed)[0];
      if (lacks) throw new UserError('bad_form', facts.t.fields[lacks]);
      return planDone(trx, facts, asked, filled);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const problem = `${facts.t.refusals[error.code]}${error.detail ? ` ${error.detail}` : ''}`;
      return {
        say: () => plannedForm(asked, needed, facts, problem),
        toast: { type: 'error', content: problem },
      };
    }
  },
};
