import { causeCard } from '../insight/card-models.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDraft } from './complete-draft.ts';
import { activitiesOf } from './to-activity.ts';

/** 不是同一次: the second report is a record of its own. */
export const separateOccasion: Action = {
  name: 'separate_occasion',
  run: async (trx, facts, click) => {
    const draft = await ownDraft(trx, facts, click);
    const cause = draft.cause ?? facts.cause;
    const say = () => causeCard(trx, facts, cause);
    if (draft.state !== 'open') return { say };
    return {
      changes: activitiesOf(draft.reading, facts).map((activity) => ({ what: 'recorded', activity })),
      recordUnder: cause,
      closeDrafts: [{ draft, state: 'done' }],
      say,
    };
  },
};
