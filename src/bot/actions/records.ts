import { recordsPage } from '../commands/my-records.ts';
import type { Action } from '../outcome.ts';

/** 我的记录 on any card. */
export const records: Action = {
  name: 'records',
  run: async (trx, facts) => recordsPage(trx, facts, 1),
};
