import { lockActivity } from '../../store/activities.ts';
import { recordedCard, recordsCard } from '../insight/card-models.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDraft } from './complete-draft.ts';
import { startOf } from './to-activity.ts';

/** 是同一次: nothing is stored twice; who reported second took part in the first. */
export const sameOccasion: Action = {
  name: 'same_occasion',
  run: async (trx, facts, click) => {
    const draft = await ownDraft(trx, facts, click);
    const before = draft.duplicateOf && (await lockActivity(trx, facts.programme.id, draft.duplicateOf));
    if (!before) return { closeDrafts: [{ draft, state: 'discarded' }] };
    const closeDrafts = draft.state === 'open' ? [{ draft, state: 'done' as const }] : [];
    // A coordinator may have told of it for somebody else.
    const { byId } = startOf(draft.reading, facts);
    const present = before.byId === byId || before.participantIds.includes(byId);
    if (present || draft.state !== 'open') return { closeDrafts, say: () => recordsCard(trx, facts, [before]) };
    const activity = { ...before, participantIds: [...before.participantIds, byId] };
    return {
      changes: [{ what: 'edited', before, activity }],
      closeDrafts,
      redraw: before.cause ? [before.cause] : [],
      say: (recorded) => recordedCard(facts, recorded),
    };
  },
};
