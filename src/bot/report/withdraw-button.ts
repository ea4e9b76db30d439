import type { Action } from '../intake/outcome.ts';
import { cardOf, ownRecord } from './own-record.ts';

/** 撤回 on a record's card. Pressed again, it shows that the record is withdrawn. */
export const withdraw: Action = {
  name: 'withdraw',
  run: async (trx, facts, click) => {
    const { activity: before } = await ownRecord(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (before.status === 'withdrawn') return { say };
    // A withdrawal says the same of every version, so a stale card may still ask for it.
    return { changes: [{ what: 'withdrawn', before, activity: { ...before, status: 'withdrawn' } }], say };
  },
};
