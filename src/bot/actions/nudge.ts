import { UserError } from '../../errors.ts';
import type { Action } from '../outcome.ts';
import { permit } from '../permit.ts';
import { digestAgain, nudgeable } from '../reminders.ts';

/** 催办 of one person on the coordinator's digest. */
export const nudge: Action = {
  name: 'nudge',
  run: async (trx, facts, { value, messageId }) => {
    const id = typeof value.person === 'string' ? value.person : '';
    if (!facts.programme.people.some((p) => p.id === id)) throw new UserError('gone');
    permit(facts, 'remind', { kind: 'person', id });
    const nudges = await nudgeable(trx, facts, [id]);
    const { t } = facts;
    const content = nudges.length > 0 ? t.reminders.nudged(1) : t.reminders.nudgedNobody;
    return {
      nudges,
      toast: { type: nudges.length > 0 ? 'success' : 'info', content },
      say: () => digestAgain(trx, facts, messageId),
    };
  },
};
