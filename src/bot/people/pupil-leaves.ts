import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { checked, datesIn, nameFirst, pupilNamed } from './arrange.ts';

/** 学生离开 小一 [11-20]: from the day after nothing is owed for the pupil. */
export const pupilLeaves: Command<string> = {
  name: 'pupil-leaves',
  match: (text) => /^(?:学生(?:离开|离校|转学|转走|退出|毕业)|pupil leaves)[\s:：]+(.+)$/is.exec(text)?.[1],
  run: async (_trx, facts, text) => {
    if (facts.group) throw new UserError('group');
    const [name, rest] = nameFirst(text);
    const { to: on = facts.today } = datesIn(rest, facts.today);
    const pupil = pupilNamed(facts, name);
    permit(facts, 'arrange', { kind: 'pupil', id: pupil.id });
    return {
      roster: [checked(facts, { what: 'pupil_leaves', pupilId: pupil.id, on })],
      say: () => notice({ title: facts.t.arrange.title, text: facts.t.arrange.pupilLeaves(pupil.name, on) }, facts.t),
    };
  },
};
