import type { Activity } from '../plan/activity.ts';
import { schoolCalendar } from '../plan/calendar.ts';
import { credit } from '../plan/credit.ts';
import type { Range, Ymd } from '../plan/dates.ts';
import { feeds } from '../plan/feeds.ts';
import type { Credit, Obligation } from '../plan/obligation.ts';
import { comparing } from '../plan/occasions.ts';
import type { Programme } from '../plan/programme.ts';
import type { NotCounted } from '../plan/reasons.ts';
import { countsDays, lastDay, secondmentDays } from '../plan/secondment-days.ts';
import { activitiesFor } from './activities-for.ts';
import type { Db } from './db.ts';
import { obligationsFedBy } from './feeds.ts';
import { type Counted, checkpointFor, type ObligationRow, obligationOf, obligationsById } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import { inChunks, locking, type Trx } from './transaction.ts';

/** The date of the activity that reached the target. */
function metOn(o: Obligation, activities: Activity[], programme: Programme, today: Ymd): Ymd {
  const dates = [...new Set(entryDays(o, activities, programme))].filter((d) => d <= today).sort();
  let [low, high] = [0, dates.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (credit(o, activities, programme, dates[middle]).done >= o.target) high = middle;
    else low = middle + 1;
  }
  return dates[low] ?? today;
}

export type LockedRow = ObligationRow & { recount_on: Ymd | null };

/** One activity's contribution to an obligation. */
export interface Contribution {
  activityId: string;
  /** Why the count omits the activity, now and later; undefined if it counts. */
  reason?: NotCounted;
  /** Other activities of the same occasion. */
  beside: Activity[];
}

/** A recounted obligation, with the activities that the caller asked about. */
export interface Recounted extends Counted {
  contributions: Contribution[];
}

/** The activity for finding others of its occasion: marked 「不是同一次」 it would have none. */
const together = (activity: Activity): Activity => ({ ...activity, separate: undefined });

function contributionOf(
  activity: Activity,
  activities: Activity[],
  credited: Credit,
  programme: Programme,
): Contribution {
  const { sameOccasion } = comparing(programme);
  const joined = together(activity);
  return {
    activityId: activity.id,
    reason: credited.notCounted.find((n) => n.activityId === activity.id)?.reason,
    beside: activities.filter((a) => a.id !== activity.id && a.status === 'done' && sameOccasion(joined, a)),
  };
}

/** Reads obligations and locks them in id order, so that two reports wait for each other and neither miscount nor deadlock. */
export async function lockObligations(trx: Trx, programmeId: string, ids: string[]): Promise<LockedRow[]> {
  const rows: LockedRow[] = [];
  for (const part of inChunks(ids.toSorted())) {
    const locked = await trx
      .selectFrom('obligation')
      .select(['id', 'done', 'body', 'recount_on'])
      .where('programme_id', '=', programmeId)
      .where('id', 'in', part)
      .orderBy('id')
      .$call(locking(trx))
      .execute();
    rows.push(...locked);
  }
  return rows;
}

/** Recounts obligations from their activities as of `today` and stores the result. Takes their locks. */
export async function recount(trx: Trx, programme: StoredProgramme, ids: string[], today: Ymd): Promise<Recounted[]> {
  const result: Recounted[] = [];
  // A programme's whole count does not fit in memory at once.
  for (const part of inChunks(ids.toSorted()))
    result.push(...(await recountLocked(trx, programme, await lockObligations(trx, programme.id, part), today)));
  return result;
}

/** The same for obligations that the caller has locked. `about`: activities whose contribution is returned. */
export async function recountLocked(
  trx: Trx,
  programme: StoredProgramme,
  locked: LockedRow[],
  today: Ymd,
  about: Activity[] = [],
): Promise<Recounted[]> {
  const result: Recounted[] = [];
  for (const rows of inChunks(locked)) {
    const counted = rows.map((row) => obligationOf(row, programme));
    const grouped = await activitiesFor(
      trx,
      programme,
      counted.map((c) => c.obligation),
    );
    for (const [i, { obligation, done: before }] of counted.entries()) {
      const activities = grouped(obligation);
      const current = credit(obligation, activities, programme, today);
      const { done } = current;
      const later = entryDays(obligation, activities, programme).filter((d) => d > today && d <= obligation.period.end);
      const recountOn = later.sort()[0] ?? null;
      const relevant = about.filter((a) => activities.some((x) => x.id === a.id));
      const eventual =
        recountOn === null || relevant.length === 0 ? current : credit(obligation, activities, programme);
      result.push({
        obligation,
        done,
        contributions: relevant.map((a) => contributionOf(a, activities, eventual, programme)),
      });
      const met = done >= obligation.target;
      const counts = new Set(current.counted);
      const lastOn =
        activities
          .filter((a) => counts.has(a.id))
          .map((a) => a.date)
          .sort()
          .at(-1) ?? null;
      if (done !== before || recountOn !== rows[i]!.recount_on || done > 0)
        await trx
          .updateTable('obligation')
          .set({
            done,
            recount_on: recountOn,
            next_checkpoint: checkpointFor(obligation, done),
            met_on: met ? metOn(obligation, activities, programme, today) : null,
            last_on: lastOn,
          })
          .where('programme_id', '=', programme.id)
          .where('id', '=', obligation.id)
          .execute();
    }
  }
  return result;
}

/** The days on which activities may count: each school day of a stay if days are counted, else the first day. */
function entryDays(o: Obligation, activities: Activity[], programme: Programme): Ymd[] {
  const done = activities.filter((a) => a.status === 'done');
  if (!countsDays(o.requirement)) return done.map((a) => a.date);
  const { isSchoolDay } = schoolCalendar(programme);
  return done.flatMap((a) => secondmentDays(a, isSchoolDay));
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

/** An activity's contribution to the obligations that it may feed, with their stored counts. */
export async function contributionsIn(trx: Trx, programme: StoredProgramme, activity: Activity): Promise<Recounted[]> {
  if (activity.status !== 'done') return [];
  const dates = { start: activity.date, end: lastDay(activity) };
  const ids = await obligationsFedBy(trx, programme, feeds(programme, activity), [activity.kind], dates);
  const fedDuties = await obligationsById(trx, programme, ids);
  const grouped = await activitiesFor(
    trx,
    programme,
    fedDuties.map((c) => c.obligation),
  );
  return fedDuties.map(({ obligation, done }) => {
    const activities = grouped(obligation);
    return {
      obligation,
      done,
      contributions: [contributionOf(activity, activities, credit(obligation, activities, programme), programme)],
    };
  });
}

/** The activities that may count for one obligation, to explain its figure. */
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
