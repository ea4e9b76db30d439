import { notice } from '../../cards/index.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDraft } from './complete-draft.ts';

/** 不记了: the draft goes, nothing was recorded from it. */
export const discardDraft: Action = {
  name: 'discard_draft',
  run: async (trx, facts, click) => {
    const draft = await ownDraft(trx, facts, click);
    const content = facts.t.form[draft.state === 'done' ? 'done' : 'discarded'];
    return {
      closeDrafts: draft.state === 'open' ? [{ draft, state: 'discarded' }] : [],
      say: () => notice({ title: facts.t.talk.refusedTitle, text: content, template: 'grey' }, facts.t),
    };
  },
};
