import type { Action } from '../intake/outcome.ts';
import { attend } from './attend.ts';
import { digestAgain } from './reminders.ts';

/** 请假 on the secondment check-in of a day; on a later day it is a late entry. */
export const secondmentLeave: Action = {
  name: 'secondment_leave',
  run: async (trx, facts, { value, messageId }) => ({
    ...(await attend(trx, facts, value.date, 'leave')),
    say: () => digestAgain(trx, facts, messageId),
  }),
};
