import { UserError } from '../../errors.ts';
import { tasksCard } from '../commands/my-tasks.ts';
import type { Action } from '../outcome.ts';

/** Another page of a list that spans several. */
export const page: Action = {
  name: 'page',
  run: async (trx, facts, { value }) => {
    const wanted = Number(value.page);
    if (!Number.isInteger(wanted) || wanted < 1) throw new UserError('stale');
    if (value.view === 'my_tasks') return { say: () => tasksCard(trx, facts, wanted) };
    throw new UserError('stale');
  },
};
