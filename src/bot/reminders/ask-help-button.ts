import { askHelp as askHelpCard } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { dutyShown } from '../insight/card-models.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDuty } from './reminders.ts';

/** 有困难 on a reminder: asks for the reason. */
export const askHelp: Action = {
  name: 'ask_help',
  run: async (trx, facts, click) => {
    if (facts.group) throw new UserError('group');
    const { shown, duty } = await ownDuty(trx, facts, click);
    return { say: () => askHelpCard({ duty: dutyShown(duty, facts), notice: shown.notice }, facts.t) };
  },
};
