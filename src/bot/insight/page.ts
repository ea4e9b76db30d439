import { UserError } from '../../errors.ts';
import type { Action } from '../intake/outcome.ts';
import { digestAgain } from '../reminders/own-reminder.ts';
import { idsOf, showList, viewOf } from './lists.ts';
import { recordsPage } from './my-records.ts';
import { tasksCard } from './my-tasks.ts';
import { drawSummary, summaryAsked } from './summary.ts';

/** Another page of a list that spans several. */
export const pageAction: Action = {
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
