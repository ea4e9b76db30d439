import { childInNeed } from '../../cards/talk.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';

/** A sign that a child may be in danger. `says` is a message that matches. */
interface Concern {
  name: string;
  says: string;
  when: RegExp;
}

export const CONCERNS: readonly Concern[] = [
  { name: 'life', says: '小雨说不想活了', when: /不想活|想死|自杀|自残|轻生|割腕|跳楼/u },
  {
    name: 'beaten',
    says: '小杰爸爸昨天打了他，身上有伤',
    when: /身上有伤|(?:爸|妈|父亲|母亲|家长|后爸|后妈|继父|继母).{0,4}(?:打了?(?:他|她|孩子)|动手)|家暴|被打(?:了|伤)|虐待/u,
  },
  { name: 'abused or bullied', says: '小雨被高年级的欺凌', when: /欺凌|霸凌|猥亵|性侵|骚扰/u },
];

/** A message about a child in danger is answered with where to find help, whatever else it says. */
export const concerns = (facts: Facts, text: string): Outcome[] =>
  CONCERNS.some(({ when }) => when.test(text)) ? [{ say: () => childInNeed({ group: facts.group }, facts.t) }] : [];
