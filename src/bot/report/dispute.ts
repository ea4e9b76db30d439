import { notice, type Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Action } from '../intake/outcome.ts';
import { confirmable, confirmCard } from './confirm.ts';

const MAX_TEXT = 200;

/** 有出入, with a reason: the activity no longer counts until it is mended or confirmed, and its reporter is told why. */
export const dispute: Action = {
  name: 'dispute',
  run: async (trx, facts, click) => {
    const before = await confirmable(trx, facts, click);
    const reason = typeof click.form.reason === 'string' ? click.form.reason.trim().slice(0, MAX_TEXT) : '';
    if (reason === '') throw new UserError('bad_form', facts.t.confirm.reason);
    if (before.confirmation === 'disputed') return { say: () => confirmCard(facts, before) };
    const { me } = facts;
    const activity = { ...before, confirmation: 'disputed' as const, disputeReason: reason };
    const told = (theirs: Texts) => {
      const { confirm, kinds } = theirs;
      const text = confirm.told(me.name, kinds[before.kind], before.date, reason);
      return notice({ title: confirm.disputed, text, template: 'orange' }, theirs);
    };
    return {
      changes: [{ what: 'disputed', before, activity }],
      audit: [{ act: 'dispute', target: `record:${before.id}` }],
      notify: [
        {
          identity: `dispute:${before.id}:${before.version}`,
          kind: 'dispute',
          personId: before.reporterId,
          card: told,
        },
      ],
      redraw: before.cause ? [before.cause] : [],
      say: ([recorded]) => confirmCard(facts, recorded!.activity),
    };
  },
};
