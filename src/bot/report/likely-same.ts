import type { Activity } from '../../plan/activity.ts';
import { schoolOf } from '../../plan/feeds.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { activitiesFeeding } from '../../store/feeds.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';

/**
 * The record that a new one probably repeats: the same kind, day and place, by the same person or by somebody of the same
 * school. Above a person that is one occasion, whoever reports it (DESIGN section 6). Undefined where there is none.
 */
export async function likelySame(trx: Trx, facts: Facts, activity: Activity): Promise<StoredActivity | undefined> {
  if (activity.status !== 'done') return undefined;
  const dates = { start: activity.date, end: activity.date };
  const same = await activitiesFeeding(trx, activity.programmeId, [sharedKey(activity, facts)], [activity.kind], dates);
  return same
    .map((other) => other.activity)
    .toSorted((a, b) => a.recordedAt - b.recordedAt)
    .find((other) => other.status === 'done' && isLikelySame(activity, other, facts));
}

/** The feed in which such a record would stand: a whole county's day is not looked through for it. */
function sharedKey({ kind, byId }: Activity, { programme }: Facts): string {
  const school = WITH_PUPILS.has(kind) ? undefined : schoolOf(rosterOf(programme), byId);
  return school === undefined ? `person:${byId}` : `school:${school}`;
}

const WITH_PUPILS = new Set(['home_visit', 'talk', 'study_guidance']);

function isLikelySame(a: Activity, b: Activity, { programme }: Facts): boolean {
  if (WITH_PUPILS.has(a.kind)) {
    const shared = a.pupilIds.some((id) => b.pupilIds.includes(id)) || (a.allAssigned && b.allAssigned);
    return a.byId === b.byId && Boolean(shared);
  }
  const roster = rosterOf(programme);
  const sameSchool = schoolOf(roster, a.byId) === schoolOf(roster, b.byId);
  const place = (x: Activity) => x.placeId ?? x.toId ?? x.partnerId;
  // Two subjects on one day are two things that one person says; between persons the trip is one.
  const differs = a.byId === b.byId && a.subject !== undefined && b.subject !== undefined && a.subject !== b.subject;
  return sameSchool && place(a) === place(b) && !differs;
}
