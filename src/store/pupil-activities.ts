import { ACTIVITY_KINDS } from '../plan/activity.ts';
import { rosterOf } from '../plan/roster.ts';
import { activityColumns, activityFrom, type StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { activitiesFeeding } from './feeds.ts';
import type { StoredProgramme } from './programmes.ts';
import type { Trx } from './transaction.ts';

/**
 * Every activity about a pupil, in any state: those that name the pupil, whoever reported them, and those by which a mentor meant
 * all of theirs. Looks through the programme's ledger, since none of its keys says whom an activity names.
 */
export async function activitiesOfPupil(
  db: Db | Trx,
  programme: StoredProgramme,
  pupilId: string,
): Promise<StoredActivity[]> {
  const always = { start: '0000-01-01', end: '9999-12-31' };
  const cares = (rosterOf(programme).caresOfPupil.get(pupilId) ?? []).map((c) => `care:${c.id}`);
  const cared = await activitiesFeeding(db, programme.id, cares, [...ACTIVITY_KINDS], always);
  const rows = await db
    .selectFrom('activity')
    .select(activityColumns)
    .where('programme_id', '=', programme.id)
    .where('body', 'like', `%${JSON.stringify(pupilId)}%`)
    .execute();
  const naming = rows.map(activityFrom).filter((a) => a.pupilIds.includes(pupilId));
  return [...new Map([...cared.map((c) => c.activity), ...naming].map((a) => [a.id, a])).values()];
}
