import { KIND_FIELDS } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Activity, ActivityKind } from '../../plan/activity.ts';
import { CAUSE } from '../../plan/identities.ts';
import { activitiesOfCause } from '../../store/ledger.ts';
import { causeCard } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Outcome } from '../intake/outcome.ts';
import { filledIn, orFormAgain, typedValues } from './form-answers.ts';
import { reportForm } from './report-form.ts';

/** Handles 填报. The form's nonce is the cause, so that pressing twice records once. */
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
    const record = (): Outcome => {
      const filled = filledIn(empty(kind, facts), form, { fields, required }, facts);
      const activity = { ...filled, times: filled.times ?? 1 };
      return {
        do: [
          { what: 'record', changes: [{ what: 'recorded', activity }], under: cause, once: cause },
          { what: 'adopt', messageId, cause },
        ],
        say,
      };
    };
    return orFormAgain(facts, record, (problem) => {
      const values = typedValues(empty(kind, facts), form, fields, facts);
      return reportForm(facts, kind, { values, nonce, problem });
    });
  },
};

const empty = (kind: ActivityKind, { newId, me, programme }: Facts): Activity & { reporterId: string } => ({
  id: newId(),
  programmeId: programme.id,
  kind,
  status: 'done',
  // Has no default: the form must supply it.
  date: '',
  byId: me.id,
  reporterId: me.id,
  participantIds: [],
  pupilIds: [],
});
