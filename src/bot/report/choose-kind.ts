import { UserError } from '../../errors.ts';
import type { Action } from '../intake/outcome.ts';
import { kindOf, reportForm } from './open-form.ts';

/** The kind was chosen: its form. */
export const chooseKind: Action = {
  name: 'choose_kind',
  run: async (_trx, facts, { value }) => {
    if (facts.group) throw new UserError('group');
    return { say: () => reportForm(facts, kindOf(value.kind)) };
  },
};
