import { ACTIVITY_KINDS } from '../plan/activity.ts';
import { addDays, type Ymd } from '../plan/dates.ts';
import { doersOf } from '../plan/feeds.ts';
import type { CreditedIn } from '../plan/notices/index.ts';
import type { Db } from './db.ts';
import { activitiesFeeding } from './feeds.ts';
import type { Trx } from './transaction.ts';

/** How long after an activity a report of it may still come. */
const REPORTED_LATE_DAYS = 30;

/** Records that others have made in the chat since an instant and that name these people. `dayOf`: an instant's date. */
export async function creditedSince(
  db: Db | Trx,
  programmeId: string,
  { ids, since, today }: { ids: string[]; since: number; today: Ymd },
  dayOf: (ms: number) => Ymd,
): Promise<CreditedIn[]> {
  const keys = ids.map((id) => `person:${id}`);
  const dates = { start: addDays(today, -REPORTED_LATE_DAYS), end: today };
  const found = await activitiesFeeding(db, programmeId, keys, [...ACTIVITY_KINDS], dates);
  const named = new Set(ids);
  return found.flatMap(({ activity: a }) =>
    a.status !== 'done' || a.cause === undefined || a.recordedAt < since
      ? []
      : doersOf(a)
          .filter((id) => named.has(id) && id !== a.reporterId)
          .map((personId) => ({ activityId: a.id, personId, recordedOn: dayOf(a.recordedAt) })),
  );
}
