import type { Action } from '../intake/outcome.ts';
import { confirmable, confirmCard } from './confirm.ts';

/** 确认属实, by a coordinator of the recipient school. */
export const confirm: Action = {
  name: 'confirm',
  run: async (trx, facts, click) => {
    const before = await confirmable(trx, facts, click);
    if (before.confirmation === 'confirmed') return { say: () => confirmCard(facts, before) };
    const activity = { ...before, confirmation: 'confirmed' as const, disputeReason: undefined };
    return {
      changes: [{ what: 'confirmed', before, activity }],
      audit: [{ act: 'confirm', target: `record:${before.id}` }],
      redraw: before.cause ? [before.cause] : [],
      say: ([recorded]) => confirmCard(facts, recorded!.activity),
    };
  },
};
