import { activityShown } from '../../cards/card-models.ts';
import { type Card, sameOccasion } from '../../cards/index.ts';
import type { Activity } from '../../plan/activity.ts';
import { comparing } from '../../plan/occasions.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Reading } from '../../reading/types.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Draft } from '../../store/drafts.ts';
import { activitiesFeeding } from '../../store/feeds.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { startOf } from './to-activity.ts';

/** The earliest record of the same person that covers everything a new one says; undefined if there is none. */
export async function repeatedBy(trx: Trx, facts: Facts, activity: Activity): Promise<StoredActivity | undefined> {
  const { id, kind, date, byId, programmeId, status } = activity;
  if (status !== 'done') return undefined;
  const day = { start: date, end: date };
  const known = await activitiesFeeding(trx, programmeId, [`person:${byId}`], [kind], day);
  const { repeats } = comparing(facts.programme);
  return known
    .map((other) => other.activity)
    .toSorted((a, b) => a.recordedAt - b.recordedAt)
    .find((other) => other.id !== id && other.status === 'done' && repeats(activity, other));
}

/** Keeps the repeated report as a draft, and shows it beside the record it repeats. */
export function askedAgain(facts: Facts, reading: Reading, same: StoredActivity): { draft: Draft; card: Card } {
  const { me, programme, cause, now, group } = facts;
  const draft: Draft = {
    id: facts.newId(),
    programmeId: programme.id,
    personId: me.id,
    state: 'open',
    createdAt: now,
    cause,
    reading,
    duplicateOf: same.id,
  };
  const start = startOf(reading, facts);
  const by = same.byId === (facts.reader ?? me).id ? undefined : rosterOf(programme).personName(same.byId);
  const before = activityShown(same, facts);
  const newShown = activityShown({ ...start, id: draft.id, date: start.date ?? same.date }, facts);
  return { draft, card: sameOccasion({ draft: draft.id, by, before, now: newShown, group }, facts.t) };
}
