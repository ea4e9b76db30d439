import { UserError } from '../../errors.ts';
import { idsOf, lists, viewOf } from '../insight/lists.ts';
import type { Action } from '../intake/outcome.ts';
import { filed } from './export-ledger.ts';

/** 导出此表 below a list: all its rows as a file. */
export const exportList: Action = {
  name: 'export_list',
  run: async (trx, facts, { value }) => {
    const view = viewOf(value.view);
    const lister = view && lists[view];
    if (!lister) throw new UserError('stale');
    const ids = idsOf(value);
    // Asked for its refusal only: the file is made after commit.
    await lister(trx, facts, ids, { page: 1, size: 1 });
    const { chores } = filed(facts, { what: 'list', view, ids });
    return { chores, toast: { type: 'info', content: facts.t.lists.sending } };
  },
};
