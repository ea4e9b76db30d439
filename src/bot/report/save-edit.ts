import { KIND_FIELDS } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Action } from '../intake/outcome.ts';
import { editCard } from './edit.ts';
import { missing, withForm } from './form-values.ts';
import { cardOf, ownRecord } from './own-record.ts';

/** The form of 修改 was sent. A wrong value brings the form back with the reason and changes nothing. */
export const saveEdit: Action = {
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
        changes: [{ what: 'edited', before, activity }],
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
