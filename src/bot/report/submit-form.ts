import { KIND_FIELDS } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Activity, ActivityKind } from '../../plan/activity.ts';
import { CAUSE } from '../../plan/identities.ts';
import { activitiesOfCause } from '../../store/ledger.ts';
import { causeCard } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { missing, typedValues, withForm } from './form-values.ts';
import { reportForm } from './report-form.ts';

/** 填报 was sent. The form's own nonce is the cause, so that pressing twice records once. */
export const submitFormAction: Action<'submit_form'> = {
  name: 'submit_form',
  run: async (trx, facts, { value, form, messageId }) => {
    if (facts.group) throw new UserError('group');
    const { kind, nonce } = value;
    const cause = CAUSE.form(facts.me.id, nonce);
    const say = () => causeCard(trx, facts, cause);
    if ((await activitiesOfCause(trx, cause)).length > 0) return { say };
    const { required, optional } = KIND_FIELDS[kind];
    const fields = [...required, ...optional];
    try {
      const filled = withForm(empty(kind, facts), form, fields, facts);
      const lacks = missing(filled, required)[0];
      if (lacks) throw new UserError('bad_form', facts.t.fields[lacks]);
      const activity = { ...filled, times: filled.times ?? 1 };
      return {
        do: [
          { what: 'record', changes: [{ what: 'recorded', activity }], under: cause, once: cause },
          { what: 'adopt', messageId, cause },
        ],
        say,
      };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const problem = `${facts.t.refusals[error.code]}${error.detail ? ` ${error.detail}` : ''}`;
      const values = typedValues(empty(kind, facts), form, fields, facts);
      return {
        say: () => reportForm(facts, kind, { values, nonce, problem }),
        toast: { type: 'error', content: problem },
      };
    }
  },
};

const empty = (kind: ActivityKind, { newId, me, programme }: Facts): Activity & { reporterId: string } => ({
  id: newId(),
  programmeId: programme.id,
  kind,
  status: 'done',
  // Said by nobody yet: the form must bring it.
  date: '',
  byId: me.id,
  reporterId: me.id,
  participantIds: [],
  pupilIds: [],
});
