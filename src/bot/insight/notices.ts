import type { Command } from '../intake/outcome.ts';
import { personNamed } from '../people/arrange.ts';
import { showList } from './lists.ts';

/** 通知, 通知 张老师: what was sent, what was not, and why. */
export const notices: Command<{ name?: string }> = {
  name: 'notices',
  match: (text) => {
    const found = /^(?:通知|notices)(?:[\s:：]+(\S+))?$/i.exec(text);
    return found ? (found[1] ? { name: found[1] } : {}) : undefined;
  },
  run: (trx, facts, { name }) => {
    const ids = name === undefined ? {} : { person: personNamed(facts, name).id };
    return showList(trx, facts, 'notices', ids as Record<string, string>, 1);
  },
};
