import { UserError } from '../../errors.ts';
import { addDays, isYmd } from '../../plan/dates.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDuty, reminderCard } from '../reminders/reminders.ts';

/** Nobody plans further ahead than a school year. */
const FURTHEST_DAYS = 366;

/** The day for which a duty is planned: until then nothing reminds of it. */
export const savePlanDate: Action = {
  name: 'save_plan_date',
  run: async (trx, facts, click) => {
    const { shown, duty } = await ownDuty(trx, facts, click);
    const { date } = click.form;
    const { today, me, t } = facts;
    if (typeof date !== 'string' || !isYmd(date) || date < today || date > addDays(today, FURTHEST_DAYS))
      throw new UserError('bad_form', t.fields.date);
    return {
      checkIns: [{ personId: me.id, obligationId: duty.obligation.id, on: today, answer: 'planned', plannedFor: date }],
      say: () => reminderCard(trx, facts, shown.notice),
    };
  },
};
