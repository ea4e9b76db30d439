import { UserError } from '../../errors.ts';
import { listAgain } from '../insight/lists.ts';
import type { Action } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { nudging } from './nudging.ts';
import { digestAgain } from './reminders.ts';

/** 催办 of one person, on the coordinator's digest or on the list of what is late. */
export const nudge: Action = {
  name: 'nudge',
  run: async (trx, facts, { value, messageId }) => {
    const id = typeof value.person === 'string' ? value.person : '';
    if (!facts.programme.people.some((p) => p.id === id)) throw new UserError('gone');
    permit(facts, 'remind', { kind: 'person', id });
    const asked = await nudging(trx, facts, [id]);
    if (value.view === 'overdue')
      return { ...asked, ...(await listAgain(trx, facts, 'overdue', {}, Number(value.page))) };
    return { ...asked, say: () => digestAgain(trx, facts, messageId) };
  },
};
