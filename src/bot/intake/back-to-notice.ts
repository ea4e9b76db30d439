import { ownReminder, reminderCard } from '../reminders/reminders.ts';
import type { Action } from './outcome.ts';

/** 返回: the reminder as it stands now. */
export const backToNotice: Action = {
  name: 'back_to_notice',
  run: async (trx, facts, click) => {
    const { notice } = await ownReminder(trx, facts, click);
    return { say: () => reminderCard(trx, facts, notice) };
  },
};
