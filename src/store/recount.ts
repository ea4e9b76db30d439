import type { Activity } from '../plan/activity.ts';
import { credit } from '../plan/credit.ts';
import { addDays, type Range, type Ymd } from '../plan/dates.ts';
import { kindsOf } from '../plan/feeds.ts';
import type { Obligation } from '../plan/obligation.ts';
import type { Programme } from '../plan/programme.ts';
import type { Db } from './db.ts';
import { activitiesCounted } from './feeds.ts';
import { type Counted, nextCheckpoint, type ObligationRow, obligationOf } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import { inChunks, type Trx } from './transaction.ts';

/** The date of the activity with which the target was reached. */
function metOn(o: Obligation, activities: Activity[], programme: Programme, today: Ymd): Ymd {
  const dates = [...new Set(activities.map((a) => a.dateTo ?? a.date))].filter((d) => d <= today).sort();
  let [low, high] = [0, dates.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (credit(o, activities, programme, dates[middle]).done >= o.target) high = middle;
    else low = middle + 1;
  }
  return dates[low] ?? today;
}

/**
 * Reads obligations and locks them in id order, so that two reports wait for each other rather than count past or block one
 * another.
 */
export async function lockObligations(trx: Trx, programmeId: string, ids: string[]): Promise<ObligationRow[]> {
  const rows: ObligationRow[] = [];
  for (const part of inChunks(ids.toSorted())) {
    const locked = await trx
      .selectFrom('obligation')
      .select(['id', 'done', 'body'])
      .where('programme_id', '=', programmeId)
      .where('id', 'in', part)
      .orderBy('id')
      .forUpdate()
      .execute();
    rows.push(...locked);
  }
  return rows;
}

/** Counts obligations anew from their activities as of `today` and stores the result. Takes their locks. */
export async function recount(trx: Trx, programme: StoredProgramme, ids: string[], today: Ymd): Promise<Counted[]> {
  const result: Counted[] = [];
  // A programme's whole count does not fit in memory at once.
  for (const part of inChunks(ids.toSorted()))
    result.push(...(await recountLocked(trx, programme, await lockObligations(trx, programme.id, part), today)));
  return result;
}

/** The same for obligations that the caller has locked. */
export async function recountLocked(
  trx: Trx,
  programme: StoredProgramme,
  locked: ObligationRow[],
  today: Ymd,
): Promise<Counted[]> {
  const result: Counted[] = [];
  for (const rows of inChunks(locked)) {
    const counted = rows.map((row) => obligationOf(row, programme));
    const grouped = await activitiesFor(
      trx,
      programme,
      counted.map((c) => c.obligation),
    );
    for (const { obligation, done: before } of counted) {
      const activities = grouped(obligation);
      const done = credit(obligation, activities, programme, today).done;
      const recountOn = nextEntryAfter(activities, today, obligation.period.end);
      result.push({ obligation, done });
      const met = done >= obligation.target;
      if (done !== before || recountOn !== null || met)
        await trx
          .updateTable('obligation')
          .set({
            done,
            recount_on: recountOn,
            next_checkpoint: nextCheckpoint(obligation, done),
            met_on: met ? metOn(obligation, activities, programme, today) : null,
          })
          .where('programme_id', '=', programme.id)
          .where('id', '=', obligation.id)
          .execute();
    }
  }
  return result;
}

const nextEntryAfter = (activities: Activity[], today: Ymd, end: Ymd): Ymd | null =>
  activities
    .filter((a) => a.status === 'done' && (a.dateTo ?? a.date) > today && a.date <= end)
    .map((a) => (a.date > today ? a.date : addDays(today, 1)))
    .sort()[0] ?? null;

/** A stay may have begun this long before the period it still counts in. */
const LONGEST_STAY_DAYS = 366;

/** Reads the activities of many obligations at once, within their dates; returns a look-up. */
async function activitiesFor(
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

/** All stored obligations whose range meets `range`, recounted as of `day`, in pages and in the order of ids. */
export async function* obligationsOn(
  db: Db | Trx,
  programme: StoredProgramme,
  range: Range,
  day: Ymd,
  page = 500,
): AsyncGenerator<Counted[]> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('obligation')
      .select(['id', 'done', 'body'])
      .where('programme_id', '=', programme.id)
      .where('range_start', '<=', range.end)
      .where('range_end', '>=', range.start)
      .where('id', '>', after)
      .orderBy('id')
      .limit(page)
      .execute();
    const counted = rows.map((r) => obligationOf(r, programme));
    const activities = await activitiesFor(
      db,
      programme,
      counted.map((c) => c.obligation),
    );
    if (counted.length > 0)
      yield counted.map(({ obligation }) => ({
        obligation,
        done: credit(obligation, activities(obligation), programme, day).done,
      }));
    if (rows.length < page) return;
    after = rows.at(-1)!.id;
  }
}

/** The activities that may count for one obligation, for explaining its figure. */
export async function activitiesOfObligation(db: Db | Trx, programme: Programme, o: Obligation): Promise<Activity[]> {
  return (await activitiesFor(db, programme, [o]))(o);
}

/** Ids of obligations whose count changes on or before `today` by date alone. */
export async function dueRecounts(trx: Trx, programmeId: string, today: Ymd): Promise<string[]> {
  const rows = await trx
    .selectFrom('obligation')
    .select('id')
    .where('programme_id', '=', programmeId)
    .where('recount_on', '<=', today)
    .orderBy('id')
    .execute();
  return rows.map((r) => r.id);
}
