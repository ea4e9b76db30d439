import type { Action } from '../intake/outcome.ts';
import { cardOf, ownRecord } from './own-record.ts';

/** 返回 from the form of 修改: the record's card again, as it is now. */
export const cancelEdit: Action = {
  name: 'cancel_edit',
  run: async (trx, facts, click) => {
    const { activity } = await ownRecord(trx, facts, click);
    return { say: () => cardOf(trx, facts, activity) };
  },
};
