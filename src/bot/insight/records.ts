import type { Action } from '../intake/outcome.ts';
import { recordsPage } from './my-records.ts';

/** 我的记录 on any card. */
export const records: Action = {
  name: 'records',
  run: async (trx, facts) => recordsPage(trx, facts, 1),
};
