import { notice } from '../../cards/index.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { checked, datesIn, nameFirst, personNamed } from './arrange.ts';

/** 离任 张老师 [11-20]: from the day after nothing is owed; whose pupils nobody took over is shown by 换人. */
export const personLeaves: Command<string> = {
  name: 'person-leaves',
  match: (text) => /^(?:离任|调离|退出帮扶|person leaves)[\s:：]+(.+)$/is.exec(text)?.[1],
  run: async (_trx, facts, text) => {
    const [name, rest] = nameFirst(text);
    const { to: on = facts.today } = datesIn(rest, facts.today);
    const person = personNamed(facts, name);
    permit(facts, 'arrange', { kind: 'person', id: person.id });
    return {
      roster: [checked(facts, { what: 'person_leaves', personId: person.id, on })],
      say: () => notice({ title: facts.t.arrange.title, text: facts.t.arrange.personLeaves(person.name, on) }, facts.t),
    };
  },
};
