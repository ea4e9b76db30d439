import { UserError } from '../../errors.ts';
import { obligationsById, obligationsOfPerson } from '../../store/obligations.ts';
import type { Action } from '../intake/outcome.ts';
import { explained, mayExplain } from './explained.ts';
import { feedKeysOf } from './own-duties.ts';

/** 为什么 on a card that shows an obligation. */
export const why: Action = {
  name: 'why',
  run: async (trx, facts, { value }) => {
    const id = typeof value.obligation === 'string' ? value.obligation : '';
    const [counted] = await obligationsById(trx, facts.programme, [id]);
    if (!counted) throw new UserError('gone');
    const { obligation } = counted;
    const mine = await obligationsOfPerson(trx, facts.programme, feedKeysOf(facts), obligation.period);
    if (!mine.some((c) => c.obligation.id === id) && !mayExplain(facts, obligation)) throw new UserError('not_allowed');
    return { say: () => explained(trx, facts, obligation) };
  },
};
