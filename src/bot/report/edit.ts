import { activityForm, KIND_FIELDS } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { choicesOf, missing, valuesFor, withForm } from './form-values.ts';
import { cardOf, ownRecord } from './own-record.ts';

/** 修改: the record's card becomes a form with what it says now. */
export const editAction: Action<'edit'> = {
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

/** 返回 from the form of 修改: the record's card again, as it is now. */
export const cancelEditAction: Action<'cancel_edit'> = {
  name: 'cancel_edit',
  run: async (trx, facts, click) => {
    const { activity } = await ownRecord(trx, facts, click);
    return { say: () => cardOf(trx, facts, activity) };
  },
};

/** The form of 修改 was sent. A wrong value brings the form back with the reason and changes nothing. */
export const saveEditAction: Action<'save_edit'> = {
  name: 'save_edit',
  run: async (trx, facts, click) => {
    const { activity: before, stale } = await ownRecord(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (stale) return { say, toast: { type: 'warning', content: facts.t.refusals.stale } };
    try {
      const { required, optional } = KIND_FIELDS[before.kind];
      const activity = withForm(before, click.form, [...required, ...optional], facts);
      const lacks = missing(activity, required)[0];
      if (lacks) throw new UserError('bad_form', facts.t.fields[lacks]);
      return {
        do: [{ what: 'record', changes: [{ what: 'edited', before, activity }] }],
        say,
        toast: { type: 'success', content: facts.t.form.saved },
      };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const problem = `${facts.t.refusals[error.code]}${error.detail ? ` ${error.detail}` : ''}`;
      return { say: () => editCard(before, facts, problem), toast: { type: 'error', content: problem } };
    }
  },
};
