import type { Action } from '../intake/outcome.ts';
import { attend } from './attend.ts';
import { digestAgain } from './reminders.ts';

/** 在岗 on the secondment check-in of a day; on a later day it is a late entry. */
export const secondmentPresent: Action = {
  name: 'secondment_present',
  run: async (trx, facts, { value, messageId }) => ({
    ...(await attend(trx, facts, value.date, 'present')),
    say: () => digestAgain(trx, facts, messageId),
  }),
};
