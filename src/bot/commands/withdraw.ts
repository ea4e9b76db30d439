import { notice } from '../../cards/index.ts';
import { latestOf } from '../../store/activities.ts';
import type { Command } from '../outcome.ts';
import { recordsCard } from '../shown.ts';

/** How many records back 撤回 looks; a message rarely makes more. */
const REACH = 20;

/** 撤回: takes back everything that the sender's last message recorded. */
export const withdraw: Command = {
  name: 'withdraw',
  match: (text) => (/^(撤回|撤销|取消)(上一条|上条|刚才(的|那条)?)?[。!！]?$|^undo$/i.test(text) ? {} : undefined),
  run: async (trx, facts) => {
    const latest = await latestOf(trx, facts.programme.id, facts.me.id, REACH);
    const last = latest.find((a) => a.status !== 'withdrawn' && a.cause !== undefined);
    if (!last) return { say: () => notice({ title: facts.t.talk.refusedTitle, text: facts.t.refusals.gone }, facts.t) };
    const taken = latest.filter((a) => a.cause === last.cause && a.status !== 'withdrawn');
    const changes = taken.map((before) => ({
      what: 'withdrawn' as const,
      before,
      activity: { ...before, status: 'withdrawn' as const },
    }));
    return {
      changes,
      redraw: [last.cause!],
      say: async () => {
        const now = await latestOf(trx, facts.programme.id, facts.me.id, REACH);
        return recordsCard(
          trx,
          facts,
          now.filter((a) => taken.some((b) => b.id === a.id)),
        );
      },
    };
  },
};
