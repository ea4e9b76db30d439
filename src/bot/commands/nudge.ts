import { notice } from '../../cards/index.ts';
import { personNamed } from '../arrange.ts';
import type { Command } from '../outcome.ts';
import { permit } from '../permit.ts';
import { nudgeable, nudgeMessage } from '../reminders.ts';

/** 催办 张老师; 加急 张老师 makes today's 催办 urgent. */
export const nudge: Command<{ name: string; urgent: boolean }> = {
  name: 'nudge',
  match: (text) => {
    const found = /^(催办|加急|nudge|urgent)[\s:：]+(\S+)$/i.exec(text);
    return found ? { name: found[2]!, urgent: /加急|urgent/i.test(found[1]!) } : undefined;
  },
  run: async (trx, facts, { name, urgent }) => {
    const person = personNamed(facts, name);
    permit(facts, 'remind', { kind: 'person', id: person.id });
    const { t } = facts;
    const told = (text: string) => () => notice({ title: `${t.nudge.title} · ${person.name}`, text }, t);
    if (urgent) {
      const messageId = await nudgeMessage(trx, facts, person.id);
      if (!messageId) return { say: told(t.reminders.urgentLater) };
      return { urgent: { messageId, personId: person.id }, say: told(t.reminders.urgentSent) };
    }
    const nudges = await nudgeable(trx, facts, [person.id]);
    return { nudges, say: told(nudges.length > 0 ? t.reminders.nudged(1) : t.reminders.nudgedNobody) };
  },
};
