import { notice } from '../../cards/index.ts';
import { showList } from '../insight/lists.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { personNamed } from '../people/arrange.ts';
import { nudging } from './nudging.ts';
import { nudgeMessage } from './reminders.ts';

/** 催办 张老师; 催办 alone shows who is late, with a button for each; 加急 张老师 makes today's 催办 urgent. */
export const nudge: Command<{ name?: string; urgent: boolean }> = {
  name: 'nudge',
  match: (text) => {
    if (/^(?:催办|nudge)[。!！]?$/i.test(text)) return { urgent: false };
    const found = /^(催办|加急|nudge|urgent)[\s:：]+(\S+)$/i.exec(text);
    return found ? { name: found[2]!, urgent: /加急|urgent/i.test(found[1]!) } : undefined;
  },
  run: async (trx, facts, { name, urgent }) => {
    if (name === undefined) return showList(trx, facts, 'overdue', {}, 1);
    const person = personNamed(facts, name);
    permit(facts, 'remind', { kind: 'person', id: person.id });
    const { t } = facts;
    const told = (text: string) => () => notice({ title: `${t.nudge.title} · ${person.name}`, text }, t);
    if (urgent) {
      const messageId = await nudgeMessage(trx, facts, person.id);
      if (!messageId) return { say: told(t.reminders.urgentLater) };
      return { urgent: { messageId, personId: person.id }, say: told(t.reminders.urgentSent) };
    }
    const { nudges, toast } = await nudging(trx, facts, [person.id]);
    return { nudges, say: told(toast.content) };
  },
};
