import { UserError } from '../../errors.ts';
import { showList } from '../lists/index.ts';
import type { Action } from '../outcome.ts';
import { summaryAsked } from './summary-by.ts';

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
