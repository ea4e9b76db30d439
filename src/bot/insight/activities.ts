import type { Action } from '../intake/outcome.ts';
import { idsOf, showList } from './lists.ts';

/** 活动记录 below a list of duties: what was done, of the same school, pairing, person or requirement. */
export const activities: Action = {
  name: 'activities',
  run: (trx, facts, { value }) => showList(trx, facts, 'records', idsOf(value), 1),
};
