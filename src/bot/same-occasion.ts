import { rosterOf } from '../plan/roster.ts';
import type { Activity } from '../plan/types.ts';
import { activitiesOn, type StoredActivity } from '../store/activities.ts';
import type { Trx } from '../store/transaction.ts';
import type { Facts } from './facts.ts';

/**
 * The record that a new one probably repeats: the same kind, day and place, by the same person or by somebody of the same
 * school. Above a person that is one occasion, whoever reports it (DESIGN section 6). Undefined where there is none.
 */
export async function likelySame(trx: Trx, facts: Facts, activity: Activity): Promise<StoredActivity | undefined> {
  if (activity.status !== 'done') return undefined;
  const same = await activitiesOn(trx, activity.programmeId, activity.kind, activity.date);
  return same.find((other) => other.status === 'done' && isLikelySame(activity, other, facts));
}

const WITH_PUPILS = new Set(['home_visit', 'talk', 'study_guidance']);

function isLikelySame(a: Activity, b: Activity, { programme }: Facts): boolean {
  if (WITH_PUPILS.has(a.kind)) {
    const shared = a.pupilIds.some((id) => b.pupilIds.includes(id)) || (a.allAssigned && b.allAssigned);
    return a.byId === b.byId && Boolean(shared);
  }
  const { person } = rosterOf(programme);
  const sameSchool = person.get(a.byId)?.schoolId === person.get(b.byId)?.schoolId;
  const place = (x: Activity) => x.placeId ?? x.toId ?? x.partnerId;
  // Two subjects on one day are two things that one person says; between persons the trip is one.
  const differs = a.byId === b.byId && a.subject !== undefined && b.subject !== undefined && a.subject !== b.subject;
  return sameSchool && place(a) === place(b) && !differs;
}
