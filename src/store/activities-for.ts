import type { Activity } from '../plan/activity.ts';
import { addDays } from '../plan/dates.ts';
import { kindsOf } from '../plan/feeds.ts';
import type { Obligation } from '../plan/obligation.ts';
import type { Programme } from '../plan/programme.ts';
import { LONGEST_STAY_DAYS } from '../plan/secondment-days.ts';
import type { Db } from './db.ts';
import { activitiesCounted } from './feeds.ts';
import type { Trx } from './transaction.ts';

/** Reads the activities of many obligations at once, within their dates; returns a look-up. */
export async function activitiesFor(
  db: Db | Trx,
  programme: Programme,
  obligations: Obligation[],
): Promise<(o: Obligation) => Activity[]> {
  const [first] = obligations;
  if (!first) return () => [];
  const dates = { start: first.period.start, end: first.period.end };
  for (const { period } of obligations) {
    if (period.start < dates.start) dates.start = period.start;
    if (period.end > dates.end) dates.end = period.end;
  }
  const keys = [...new Set(obligations.flatMap((o) => o.feedKeys))];
  const kinds = [...new Set(obligations.flatMap((o) => kindsOf(o.requirement)))];
  const reach = { start: addDays(dates.start, -LONGEST_STAY_DAYS), end: dates.end };
  const byKey = new Map<string, Activity[]>();
  for (const { activity, feedKeys } of await activitiesCounted(db, programme.id, keys, kinds, reach)) {
    for (const feedKey of feedKeys) {
      const key = `${activity.kind} ${feedKey}`;
      const list = byKey.get(key);
      if (list) list.push(activity);
      else byKey.set(key, [activity]);
    }
  }
  return (o) => {
    const keysOf = kindsOf(o.requirement).flatMap((kind) => o.feedKeys.map((key) => `${kind} ${key}`));
    return [...new Set(keysOf.flatMap((key) => byKey.get(key) ?? []))];
  };
}
