import { activityForm, KIND_FIELDS } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { filledIn, orFormAgain } from './form-answers.ts';
import { choicesOf } from './form-choices.ts';
import { valuesFor } from './form-values.ts';
import { cardOf, ownRecord, recordToChange } from './own-record.ts';

/** 修改: turns the record's card into a form with its current values. */
export const editAction: Action<'edit'> = {
  name: 'edit',
  run: async (trx, facts, click) => {
    if (facts.group) throw new UserError('group');
    const { activity, stale } = await recordToChange(trx, facts, click);
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
      options: choicesOf(facts, activity),
      ...(problem ? { problem } : {}),
    },
    facts.t,
  );
}

/** 返回 from the form of 修改: the record's card as it is now. */
export const cancelEditAction: Action<'cancel_edit'> = {
  name: 'cancel_edit',
  run: async (trx, facts, click) => {
    const { activity } = await ownRecord(trx, facts, click);
    return { say: () => cardOf(trx, facts, activity) };
  },
};

/** Saves the form of 修改. A wrong value returns the form with the reason and changes nothing. */
export const saveEditAction: Action<'save_edit'> = {
  name: 'save_edit',
  run: async (trx, facts, click) => {
    const { activity: before, stale } = await recordToChange(trx, facts, click);
    const say = () => cardOf(trx, facts, before);
    if (stale) return { say, toast: { type: 'warning', content: facts.t.refusals.stale } };
    const { required, optional } = KIND_FIELDS[before.kind];
    const save = (): Outcome => {
      const activity = filledIn(before, click.form, { fields: [...required, ...optional], required }, facts);
      return {
        do: [{ what: 'record', changes: [{ what: 'edited', before, activity }] }],
        say,
        toast: { type: 'success', content: facts.t.form.saved },
      };
    };
    return orFormAgain(facts, save, (problem) => editCard(before, facts, problem));
  },
};
