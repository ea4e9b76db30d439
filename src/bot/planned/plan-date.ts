import { dutyShown } from '../../cards/card-models.ts';
import { planDate } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { addDays, isYmd } from '../../plan/dates.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDuty, reminderCard } from '../reminders/own-reminder.ts';
import { FURTHEST_DAYS } from './planned-move.ts';

/** 计划中 on a reminder: asks for the day. */
export const planDateAction: Action<'plan_date'> = {
  name: 'plan_date',
  run: async (trx, facts, click) => {
    if (facts.group) throw new UserError('group');
    const { shown, duty } = await ownDuty(trx, facts, click);
    const said = shown.answers.findLast((a) => a.obligationId === duty.obligation.id)?.plannedFor;
    const date = said && said >= facts.today ? { date: said } : {};
    return { say: () => planDate({ duty: dutyShown(duty, facts), notice: shown.notice, ...date }, facts.t) };
  },
};

/** The day for which a duty is planned: until then nothing reminds of it. */
export const savePlanDateAction: Action<'save_plan_date'> = {
  name: 'save_plan_date',
  run: async (trx, facts, click) => {
    const { shown, duty } = await ownDuty(trx, facts, click);
    const { date } = click.form;
    const { today, me, t } = facts;
    if (typeof date !== 'string' || !isYmd(date) || date < today || date > addDays(today, FURTHEST_DAYS))
      throw new UserError('bad_form', t.fields.date);
    return {
      do: [
        {
          what: 'check_in',
          answer: { personId: me.id, obligationId: duty.obligation.id, on: today, answer: 'planned', plannedFor: date },
        },
      ],
      say: () => reminderCard(trx, facts, shown.notice),
    };
  },
};
