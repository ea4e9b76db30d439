import { tasksCard } from '../commands/my-tasks.ts';
import type { Action } from '../outcome.ts';

/** 我的任务 on any card. */
export const myTasks: Action = {
  name: 'my_tasks',
  run: async (trx, facts) => ({ say: () => tasksCard(trx, facts, 1) }),
};
