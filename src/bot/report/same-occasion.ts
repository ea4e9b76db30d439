import { UserError } from '../../errors.ts';
import type { Activity } from '../../plan/activity.ts';
import { lockActivity } from '../../store/activities.ts';
import type { LedgerChange } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import { causeCard } from '../insight/record-cards.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Click, Outcome } from '../intake/outcome.ts';
import { ownDraft } from './answer-draft.ts';
import { editCard } from './edit.ts';
import { cardOf, recordToChange } from './own-record.ts';
import { activitiesIn, startOf } from './to-activity.ts';

/** 不是同一次: gives the record a separate occasion. */
export const separateOccasionAction: Action<'separate_occasion'> = {
  name: 'separate_occasion',
  run: (trx, facts, click) => settle(trx, facts, click, true),
};

/** 是同一次: undoes that. */
export const sameOccasionAction: Action<'same_occasion'> = {
  name: 'same_occasion',
  run: (trx, facts, click) => settle(trx, facts, click, false),
};

async function settle(
  trx: Trx,
  facts: Facts,
  click: Click<'same_occasion' | 'separate_occasion'>,
  isSeparate: boolean,
): Promise<Outcome> {
  const { activity: before, stale } = await recordToChange(trx, facts, click);
  const say = () => cardOf(trx, facts, before);
  if (stale || before.status !== 'done' || Boolean(before.separate) === isSeparate) return { say };
  const { separate, ...rest } = before;
  const activity: Activity = isSeparate ? { ...rest, separate: true } : rest;
  return { do: rewrite({ what: 'edited', before, activity }), say };
}

/** 另一次: the repeated report becomes a record with a separate occasion. */
export const anotherTimeAction: Action<'another_time'> = {
  name: 'another_time',
  run: async (trx, facts, click) => {
    const draft = await ownDraft(trx, facts, click);
    const cause = draft.cause ?? facts.cause;
    const say = () => causeCard(trx, facts, cause);
    if (draft.state !== 'open') return { say };
    const changes = activitiesIn(draft.reading, facts).map(
      (activity): LedgerChange => ({ what: 'recorded', activity: { ...activity, separate: true } }),
    );
    return {
      do: [
        { what: 'record', changes, under: cause },
        { what: 'close_draft', draft, state: 'done' },
      ],
      say,
    };
  },
};

/** 改那条: the form of the earlier record, with the new figures. */
export const changeEarlierAction: Action<'change_earlier'> = {
  name: 'change_earlier',
  run: async (trx, facts, click) => {
    if (facts.group) throw new UserError('group');
    const draft = await ownDraft(trx, facts, click);
    const known = draft.duplicateOf && (await lockActivity(trx, facts.programme.id, draft.duplicateOf));
    if (!known || known.status === 'withdrawn') throw new UserError('gone');
    const { activity } = await recordToChange(trx, facts, { value: { activity: known.id } });
    const { times, lessons, pieces, people, cashYuan, valueYuan } = startOf(draft.reading, facts);
    const figures = Object.fromEntries(
      Object.entries({ times, lessons, pieces, people, cashYuan, valueYuan }).filter(([, n]) => n !== undefined),
    );
    return {
      do: draft.state === 'open' ? [{ what: 'close_draft', draft, state: 'discarded' }] : [],
      say: () => editCard({ ...activity, ...figures }, facts),
    };
  },
};
