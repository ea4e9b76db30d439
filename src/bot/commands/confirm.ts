import { confirmersOf } from '../../plan/confirm.ts';
import { may } from '../../plan/policy.ts';
import { activityPage } from '../../store/summary.ts';
import { confirmCard } from '../confirm.ts';
import { showList } from '../lists/index.ts';
import { daysOf } from '../lists/list.ts';
import type { Command } from '../outcome.ts';

/** 确认: the oldest activity of this term that waits for one's school; 确认 名单 lists all of them. */
export const confirmCommand: Command<{ all: boolean }> = {
  name: 'confirm',
  match: (text) => {
    const said = /^(?:待?确认)(\s*(?:名单|列表))?$/.exec(text);
    return said ? { all: said[1] !== undefined } : undefined;
  },
  run: async (trx, facts, { all }) => {
    if (all) return showList(trx, facts, 'confirmations', {}, 1);
    const { programme, me } = facts;
    const days = daysOf(facts);
    if (!days) return showList(trx, facts, 'confirmations', {}, 1);
    const size = 500;
    for (let page = 1; ; page++) {
      const found = await activityPage(trx, programme.id, { dates: days.term }, { page, size });
      const waiting = found.filter(
        (a) =>
          !a.confirmation &&
          confirmersOf(programme, a).some((id) => may(me, 'confirm', { kind: 'school', id }, programme)),
      );
      const [next] = waiting;
      if (next) return { say: () => confirmCard(facts, next) };
      if (found.length < size) return showList(trx, facts, 'confirmations', {}, 1);
    }
  },
};
