import type { Action } from '../intake/outcome.ts';
import { digestAgain } from '../reminders/own-reminder.ts';
import { idsOf, showList } from './lists.ts';
import { recordsPage } from './my-records.ts';
import { tasksCard } from './my-tasks.ts';
import { drawSummary } from './summary.ts';

/** Another page of a list that spans several. */
export const pageAction: Action<'page'> = {
  name: 'page',
  run: async (trx, facts, { value, messageId }) => {
    const { page } = value;
    switch (value.view) {
      case 'weekly':
        return { say: () => drawSummary(trx, facts, value) };
      case 'my_tasks':
        return { say: () => tasksCard(trx, facts, page) };
      case 'my_records':
        return recordsPage(trx, facts, page);
      case 'coordinator':
        return { say: () => digestAgain(trx, facts, messageId, page) };
      default:
        return showList(trx, facts, value.view, idsOf(value), page);
    }
  },
};
