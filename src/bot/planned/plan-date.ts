import { planDate as planDateCard } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { dutyShown } from '../insight/card-models.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDuty } from '../reminders/reminders.ts';

/** 计划中 on a reminder: asks for the day. */
export const planDate: Action = {
  name: 'plan_date',
  run: async (trx, facts, click) => {
    if (facts.group) throw new UserError('group');
    const { shown, duty } = await ownDuty(trx, facts, click);
    const said = shown.answers.findLast((a) => a.obligationId === duty.obligation.id)?.plannedFor;
    const date = said && said >= facts.today ? { date: said } : {};
    return { say: () => planDateCard({ duty: dutyShown(duty, facts), notice: shown.notice, ...date }, facts.t) };
  },
};
