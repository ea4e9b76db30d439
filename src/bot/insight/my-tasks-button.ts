import type { Action } from '../intake/outcome.ts';
import { tasksCard } from './my-tasks.ts';

/** 我的任务 on any card. */
export const myTasks: Action = {
  name: 'my_tasks',
  run: async (trx, facts) => ({ say: () => tasksCard(trx, facts, 1) }),
};
