import { ACTIVITY_KINDS } from '../plan/activity.ts';
import { rosterOf } from '../plan/roster.ts';
import type { StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { activitiesFeeding } from './feeds.ts';
import type { StoredProgramme } from './programmes.ts';
import type { Trx } from './transaction.ts';

/** Every activity about a pupil, in any state: those that name the pupil, and those in which a mentor reported on all of theirs. */
export async function activitiesOfPupil(
  db: Db | Trx,
  programme: StoredProgramme,
  pupilId: string,
): Promise<StoredActivity[]> {
  const always = { start: '0000-01-01', end: '9999-12-31' };
  const cares = (rosterOf(programme).caresOfPupil.get(pupilId) ?? []).map((c) => `care:${c.id}`);
  const found = await activitiesFeeding(db, programme.id, [`pupil:${pupilId}`, ...cares], [...ACTIVITY_KINDS], always);
  return found.map((f) => f.activity);
}
