import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { confirmable, confirmCard } from '../confirm.ts';
import type { Action } from '../outcome.ts';

const MAX_TEXT = 200;

/** 有出入, with a reason: the activity no longer counts until it is mended or confirmed, and its reporter is told why. */
export const dispute: Action = {
  name: 'dispute',
  run: async (trx, facts, click) => {
    const before = await confirmable(trx, facts, click);
    const reason = typeof click.form.reason === 'string' ? click.form.reason.trim().slice(0, MAX_TEXT) : '';
    if (reason === '') throw new UserError('bad_form', facts.t.confirm.reason);
    if (before.confirmation === 'disputed') return { say: () => confirmCard(facts, before) };
    const { t, me } = facts;
    const activity = { ...before, confirmation: 'disputed' as const, disputeReason: reason };
    const text = t.confirm.told(me.name, t.kinds[before.kind], before.date, reason);
    return {
      changes: [{ what: 'disputed', before, activity }],
      audit: [{ act: 'dispute', target: `record:${before.id}` }],
      notify: [
        {
          identity: `dispute:${before.id}:${before.version}`,
          kind: 'dispute',
          personId: before.reporterId,
          card: notice({ title: t.confirm.disputed, text, template: 'orange' }, t),
        },
      ],
      redraw: before.cause ? [before.cause] : [],
      say: ([recorded]) => confirmCard(facts, recorded!.activity),
    };
  },
};
