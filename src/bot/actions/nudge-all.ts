import { UserError } from '../../errors.ts';
import { may } from '../../plan/policy.ts';
import { noticeOfMessage } from '../../store/notices.ts';
import { readReminder } from '../../store/reminder-model.ts';
import type { Action } from '../outcome.ts';
import { digestAgain, nudgeable } from '../reminders.ts';

/** 全部催办: everybody on the digest who is still late and was not nudged within two days. */
export const nudgeAll: Action = {
  name: 'nudge_all',
  run: async (trx, facts, { messageId }) => {
    const { programme, me, today, t } = facts;
    const notice = await noticeOfMessage(trx, messageId);
    const shown = notice && (await readReminder(trx, programme, notice.id, today));
    if (!shown || shown.me.id !== me.id) throw new UserError('stale');
    const people = shown.parts.flatMap((p) => (p.kind === 'coordinator-digest' ? p.people.map((o) => o.personId) : []));
    const mine = people.filter((id) => may(me, 'remind', { kind: 'person', id }, programme));
    const nudges = await nudgeable(trx, facts, mine);
    const count = new Set(nudges.map((n) => n.recipientId)).size;
    const content = count > 0 ? t.reminders.nudged(count) : t.reminders.nudgedNobody;
    return {
      nudges,
      toast: { type: count > 0 ? 'success' : 'info', content },
      say: () => digestAgain(trx, facts, messageId),
    };
  },
};
