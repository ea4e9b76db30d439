import { UserError } from '../../errors.ts';
import type { Action } from '../intake/outcome.ts';
import { idsOf, showList, viewOf } from './lists.ts';

/** A table that a card leads to. */
export const list: Action = {
  name: 'list',
  run: (trx, facts, { value }) => {
    const view = viewOf(value.view);
    if (!view) throw new UserError('stale');
    return showList(trx, facts, view, idsOf(value), 1);
  },
};
