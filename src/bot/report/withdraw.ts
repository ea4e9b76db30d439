import type { StoredActivity } from '../../store/activities.ts';
import { historyOf } from '../../store/ledger.ts';
import type { LedgerChange } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, Outcome } from '../intake/outcome.ts';
import { withdrawLast, withdrawn } from './last-record.ts';
import { cardOf, ownRecord } from './own-record.ts';

/** 撤回: takes back everything that the sender's last message recorded. Longer phrases are the reader's. */
export const withdrawCommand: Command = {
  name: 'withdraw',
  match: (text) => (/^(撤回|撤销)(上一条|上条)?[。!！]?$|^undo$/i.test(text) ? {} : undefined),
  run: (trx, facts) => withdrawLast(trx, facts),
};

/** 撤回 on a record's card. Pressed again, it shows that the record is withdrawn. */
export const withdrawAction: Action<'withdraw'> = {
  name: 'withdraw',
  run: async (trx, facts, click) => {
    const { activity: before } = await ownRecord(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (before.status === 'withdrawn') return { say };
    // A withdrawal says the same of every version, so a stale card may still ask for it.
    return { do: [{ what: 'record', changes: [withdrawn(before)] }], say };
  },
};

/** 恢复 on a withdrawn record: gives it back the state it had before. */
export const restoreAction: Action<'restore'> = {
  name: 'restore',
  run: async (trx, facts, click) => {
    const { activity: before } = await ownRecord(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (before.status !== 'withdrawn') return { say };
    return { ...(await restored(trx, facts, [before])), say };
  },
};

/** Withdrawn records as they stood before. */
export async function restored(trx: Trx, facts: Facts, withdrawn: StoredActivity[]): Promise<Outcome> {
  const changes: LedgerChange[] = [];
  for (const before of withdrawn) {
    const history = await historyOf(trx, facts.programme.id, before.id);
    const status = history.findLast((change) => change.activity.status !== 'withdrawn')?.activity.status ?? 'done';
    changes.push({ what: 'restored', before, activity: { ...before, status } });
  }
  return { do: [{ what: 'record', changes }], say: (recorded) => recordedCard(facts, recorded) };
}
