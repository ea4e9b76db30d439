import type { Command } from '../intake/outcome.ts';
import { withdrawLast } from './last-record.ts';

/** 撤回: takes back everything that the sender's last message recorded. Longer phrases are the reader's. */
export const withdraw: Command = {
  name: 'withdraw',
  match: (text) => (/^(撤回|撤销)(上一条|上条)?[。!！]?$|^undo$/i.test(text) ? {} : undefined),
  run: (trx, facts) => withdrawLast(trx, facts),
};
