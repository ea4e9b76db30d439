import { activityForm } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { choicesOf, valuesFor } from './form-values.ts';
import { cardOf, ownRecord } from './own-record.ts';

/** 修改: the record's card becomes a form with what it says now. */
export const edit: Action = {
  name: 'edit',
  run: async (trx, facts, click) => {
    if (facts.group) throw new UserError('group');
    const { activity, stale } = await ownRecord(trx, facts, click);
    if (stale || activity.status === 'withdrawn') return { say: () => cardOf(trx, facts, activity) };
    return { say: () => editCard(activity, facts) };
  },
};

export function editCard(activity: StoredActivity, facts: Facts, problem?: string) {
  return activityForm(
    {
      purpose: { kind: 'edit', activity: activity.id, v: activity.version },
      activityKind: activity.kind,
      values: valuesFor(activity, facts),
      options: choicesOf(facts),
      ...(problem ? { problem } : {}),
    },
    facts.t,
  );
}
