import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { checked, datesIn, nameFirst, pairingNamed, personNamed, pupilNamed } from './names-and-dates.ts';

/** 离任 张老师 [11-20]: from the day after nothing is owed; whose pupils nobody took over is shown by 换人. */
export const personLeavesCommand: Command<string> = {
  name: 'person-leaves',
  match: (text) => /^(?:离任|调离|退出帮扶|person leaves)[\s:：]+(.+)$/is.exec(text)?.[1],
  run: async (_trx, facts, text) => {
    const [name, rest] = nameFirst(text);
    const { to: on = facts.today } = datesIn(rest, facts.today);
    const person = personNamed(facts, name);
    permit(facts, 'arrange', { kind: 'person', id: person.id });
    return {
      do: [{ what: 'roster', changes: [checked(facts, { what: 'person_leaves', personId: person.id, on })] }],
      say: () => notice({ title: facts.t.arrange.title, text: facts.t.arrange.personLeaves(person.name, on) }, facts.t),
    };
  },
};

/** 学生离开 小一 [11-20]: from the day after nothing is owed for the pupil. */
export const pupilLeavesCommand: Command<string> = {
  name: 'pupil-leaves',
  match: (text) => /^(?:学生(?:离开|离校|转学|转走|退出|毕业)|pupil leaves)[\s:：]+(.+)$/is.exec(text)?.[1],
  run: async (_trx, facts, text) => {
    if (facts.group) throw new UserError('group');
    const [name, rest] = nameFirst(text);
    const { to: on = facts.today } = datesIn(rest, facts.today);
    const pupil = pupilNamed(facts, name);
    permit(facts, 'arrange', { kind: 'pupil', id: pupil.id });
    return {
      do: [{ what: 'roster', changes: [checked(facts, { what: 'pupil_leaves', pupilId: pupil.id, on })] }],
      say: () => notice({ title: facts.t.arrange.title, text: facts.t.arrange.pupilLeaves(pupil.name, on) }, facts.t),
    };
  },
};

/** 结束结对 甲校→乙校 [11-30]: that is its last day. */
export const pairingEndsCommand: Command<string> = {
  name: 'pairing-ends',
  match: (text) => /^(?:结束结对|结对结束|pairing ends)[\s:：]+(.+(?:→|->|=>).+)$/is.exec(text)?.[1],
  run: async (_trx, facts, text) => {
    const [name = '', ...rest] = text
      .trim()
      .replace(/\s*(→|->|=>)\s*/, '→')
      .split(/\s+/);
    const { to: on = facts.today } = datesIn(rest.join(' '), facts.today);
    const pairing = pairingNamed(facts, name);
    permit(facts, 'arrange', { kind: 'pairing', id: pairing.id });
    return {
      do: [{ what: 'roster', changes: [checked(facts, { what: 'pairing_ends', pairingId: pairing.id, on })] }],
      say: () => notice({ title: facts.t.arrange.title, text: facts.t.arrange.pairingEnds(name, on) }, facts.t),
    };
  },
};
