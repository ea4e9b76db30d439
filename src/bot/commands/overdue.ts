import { showList } from '../lists/index.ts';
import type { Command } from '../outcome.ts';

/** 逾期: what is late where one coordinates. */
export const overdue: Command = {
  name: 'overdue',
  match: (text) => (/^(?:谁)?逾期(?:名单|情况|了)?[。?？]?$|^overdue$/i.test(text) ? {} : undefined),
  run: (trx, facts) => showList(trx, facts, 'overdue', {}, 1),
};
