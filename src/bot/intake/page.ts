import { UserError } from '../../errors.ts';
import { idsOf, showList, viewOf } from '../insight/lists.ts';
import { recordsPage } from '../insight/my-records.ts';
import { tasksCard } from '../insight/my-tasks.ts';
import { drawSummary } from '../insight/summary.ts';
import { summaryAsked } from '../insight/summary-by.ts';
import { digestAgain } from '../reminders/reminders.ts';
import type { Action } from './outcome.ts';

/** Another page of a list that spans several. */
export const page: Action = {
  name: 'page',
  run: async (trx, facts, { value, messageId }) => {
    const wanted = Number(value.page);
    if (!Number.isInteger(wanted) || wanted < 1) throw new UserError('stale');
    if (value.view === 'weekly') {
      const asked = summaryAsked(value);
      return { say: () => drawSummary(trx, facts, { ...asked, page: wanted }) };
    }
    if (value.view === 'my_tasks') return { say: () => tasksCard(trx, facts, wanted) };
    if (value.view === 'my_records') return recordsPage(trx, facts, wanted);
    if (value.view === 'coordinator') return { say: () => digestAgain(trx, facts, messageId, wanted) };
    const view = viewOf(value.view);
    if (view) return showList(trx, facts, view, idsOf(value), wanted);
    throw new UserError('stale');
  },
};
