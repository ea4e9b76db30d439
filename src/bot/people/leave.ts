import { notice, type Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import type { Change } from '../intake/change.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { checked, datesIn, nameFirst, personNamed } from './names-and-dates.ts';

/** 请假 张老师 11-20至11-30 生病: what falls due meanwhile is excused where less than half of its days are left. */
export const leaveCommand: Command<string> = {
  name: 'leave',
  match: (text) => /^(?:请假|leave)[\s:：]+(.+)$/is.exec(text)?.[1],
  run: async (_trx, facts, text) => {
    const [name, rest] = nameFirst(text);
    const { words, from, to = from } = datesIn(rest, facts.today);
    const person = personNamed(facts, name);
    permit(facts, 'arrange', { kind: 'person', id: person.id });
    if (!from || !to || to < from) throw new UserError('bad_form', facts.t.arrange.usage.leave);
    const reason = words
      .join(' ')
      .replace(/^(原因|理由)\s*/, '')
      .slice(0, 100);
    const change = { what: 'leave' as const, personId: person.id, from, to, ...(reason && { reason }) };
    const card = (t: Texts) =>
      notice({ title: t.arrange.title, text: t.arrange.leave(person.name, from, to, reason) }, t);
    const identity = NOTICE.leave(person.id, facts.cause);
    const told: Change = { what: 'notify', identity, kind: 'arranged', personId: person.id, card };
    return {
      do: [{ what: 'roster', changes: [checked(facts, change)] }, ...(person.id === facts.me.id ? [] : [told])],
      say: () => card(facts.t),
    };
  },
};
