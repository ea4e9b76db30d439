import { UserError } from '../../errors.ts';
import { showList } from '../insight/lists.ts';
import { summaryAsked } from '../insight/summary-by.ts';
import type { Action } from '../intake/outcome.ts';

/** 看记录 on a summary: the obligations behind the row that was chosen, or behind all of it. */
export const behind: Action = {
  name: 'behind',
  run: (trx, facts, { value, form }) => {
    const { by } = summaryAsked(value);
    const key = form.row;
    if (key !== undefined && typeof key !== 'string') throw new UserError('stale');
    return showList(trx, facts, 'duties', key ? { [by]: key } : {}, 1);
  },
};
