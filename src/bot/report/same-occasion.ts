import { lockActivity } from '../../store/activities.ts';
import { causeCard, recordedCard, recordsCard } from '../insight/card-models.ts';
import { type Change, rewrite } from '../intake/change.ts';
import type { Action } from '../intake/outcome.ts';
import { ownDraft } from './answer-draft.ts';
import { recordedAs, startOf } from './to-activity.ts';

/** 是同一次: nothing is stored twice; who reported second took part in the first. */
export const sameOccasionAction: Action<'same_occasion'> = {
  name: 'same_occasion',
  run: async (trx, facts, click) => {
    const draft = await ownDraft(trx, facts, click);
    const before = draft.duplicateOf && (await lockActivity(trx, facts.programme.id, draft.duplicateOf));
    if (!before) return { do: [{ what: 'close_draft', draft, state: 'discarded' }] };
    const closed: Change[] = draft.state === 'open' ? [{ what: 'close_draft', draft, state: 'done' }] : [];
    // A coordinator may have told of it for somebody else.
    const { byId } = startOf(draft.reading, facts);
    const present = before.byId === byId || before.participantIds.includes(byId);
    if (present || draft.state !== 'open') return { do: closed, say: () => recordsCard(trx, facts, [before]) };
    const activity = { ...before, participantIds: [...before.participantIds, byId] };
    return {
      do: [...closed, ...rewrite({ what: 'edited', before, activity })],
      say: (recorded) => recordedCard(facts, recorded),
    };
  },
};

/** 不是同一次: the second report is a record of its own. */
export const separateOccasionAction: Action<'separate_occasion'> = {
  name: 'separate_occasion',
  run: async (trx, facts, click) => {
    const draft = await ownDraft(trx, facts, click);
    const cause = draft.cause ?? facts.cause;
    const say = () => causeCard(trx, facts, cause);
    if (draft.state !== 'open') return { say };
    return {
      do: [
        { what: 'record', changes: recordedAs(draft.reading, facts), under: cause },
        { what: 'close_draft', draft, state: 'done' },
      ],
      say,
    };
  },
};
