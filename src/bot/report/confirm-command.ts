import { waitingForMe } from '../insight/list-waiting.ts';
import { showList } from '../insight/lists.ts';
import type { Command } from '../intake/outcome.ts';
import { confirmCard } from './confirm.ts';

/** 确认: the oldest activity of this term that waits for one's school; 确认 名单 lists all of them. */
export const confirmCommand: Command<{ all: boolean }> = {
  name: 'confirm',
  match: (text) => {
    const said = /^(?:待?确认)(\s*(?:名单|列表))?$/.exec(text);
    return said ? { all: said[1] !== undefined } : undefined;
  },
  run: async (trx, facts, { all }) => {
    const next = all ? undefined : (await waitingForMe(trx, facts)).at(-1);
    return next ? { say: () => confirmCard(facts, next) } : showList(trx, facts, 'confirmations', {}, 1);
  },
};
