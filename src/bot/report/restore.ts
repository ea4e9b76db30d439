import { historyOf } from '../../store/ledger.ts';
import type { Action } from '../intake/outcome.ts';
import { cardOf, ownRecord } from './own-record.ts';

/** 恢复 on a withdrawn record: gives it back the state it had before. */
export const restore: Action = {
  name: 'restore',
  run: async (trx, facts, click) => {
    const { activity: before } = await ownRecord(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (before.status !== 'withdrawn') return { say };
    const history = await historyOf(trx, facts.programme.id, before.id);
    const status = history.findLast((change) => change.activity.status !== 'withdrawn')?.activity.status ?? 'done';
    return { changes: [{ what: 'restored', before, activity: { ...before, status } }], say };
  },
};
