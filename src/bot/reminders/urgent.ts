import { UserError } from '../../errors.ts';
import type { Action } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { nudgeMessage } from './reminders.ts';

/** 加急 on today's 催办: only where a coordinator chooses it. */
export const urgent: Action = {
  name: 'urgent',
  run: async (trx, facts, { value }) => {
    const id = typeof value.person === 'string' ? value.person : '';
    if (!facts.programme.people.some((p) => p.id === id)) throw new UserError('gone');
    permit(facts, 'remind', { kind: 'person', id });
    const messageId = await nudgeMessage(trx, facts, id);
    const { urgentSent, urgentLater } = facts.t.reminders;
    if (!messageId) return { toast: { type: 'info', content: urgentLater } };
    return { urgent: { messageId, personId: id }, toast: { type: 'success', content: urgentSent } };
  },
};
