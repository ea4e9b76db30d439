import type { Activity, ActivityKind } from '../plan/activity.ts';
import type { Range, Ymd } from '../plan/dates.ts';
import { kindsOf } from '../plan/feeds.ts';
import type { Requirement } from '../plan/plan.ts';
import { lastDay } from '../plan/secondment-days.ts';
import { activityColumns, activityFrom, insertFeeds, type StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { requirementKey, type StoredProgramme } from './programmes.ts';
import { arriving, inChunks, type Trx } from './transaction.ts';

/**
 * Activities of these kinds and dates that may be credited to any of the keys, whatever their status; each once, with all the keys that
 * found it.
 */
export async function activitiesFeeding(
  db: Db | Trx,
  programmeId: string,
  feedKeys: string[],
  kinds: string[],
  dates: Range,
): Promise<{ activity: StoredActivity; feedKeys: string[] }[]> {
  if (feedKeys.length === 0 || kinds.length === 0) return [];
  const rows = await feedingActivities(db, programmeId, feedKeys, kinds, dates)
    .select(['activity.version', 'activity.reporter_id', 'activity.recorded_at', 'activity.cause'])
    .execute();
  return eachOnce(rows, activityFrom);
}

/** The same for counting, which needs only what was done. */
export async function activitiesCounted(
  db: Db | Trx,
  programmeId: string,
  feedKeys: string[],
  kinds: string[],
  dates: Range,
): Promise<{ activity: Activity; feedKeys: string[] }[]> {
  if (feedKeys.length === 0 || kinds.length === 0) return [];
  const rows = await feedingActivities(db, programmeId, feedKeys, kinds, dates).execute();
  return eachOnce(rows, (row) => JSON.parse(row.body) as Activity);
}

const feedingActivities = (db: Db | Trx, programmeId: string, feedKeys: string[], kinds: string[], dates: Range) =>
  db
    .selectFrom('feed')
    .innerJoin('activity', (join) =>
      join
        .on('activity.programme_id', '=', arriving('feed.programme_id'))
        .onRef('activity.id', '=', 'feed.activity_id'),
    )
    .select(['feed.feed_key', 'feed.activity_id', 'activity.body'])
    .where('feed.programme_id', '=', programmeId)
    .where('feed.feed_key', 'in', feedKeys)
    .where('feed.kind', 'in', kinds)
    .where('feed.date', '>=', dates.start)
    .where('feed.date', '<=', dates.end);

function eachOnce<R extends { feed_key: string; activity_id: string }, A>(rows: R[], read: (row: R) => A) {
  const found = new Map<string, { activity: A; feedKeys: string[] }>();
  for (const row of rows) {
    const known = found.get(row.activity_id);
    if (known) known.feedKeys.push(row.feed_key);
    else found.set(row.activity_id, { activity: read(row), feedKeys: [row.feed_key] });
  }
  return [...found.values()];
}

/**
 * Recomputes the feeds of the activities under some keys after a roster change. Returns those whose keys changed, with every key they have
 * now or had before.
 */
export async function refeed(
  trx: Trx,
  programmeId: string,
  underKeys: string[],
  feedsNow: (activity: Activity) => string[],
): Promise<Fed[]> {
  return refeedActivities(trx, programmeId, await activitiesUnder(trx, programmeId, underKeys), feedsNow);
}

/** Ids of the activities that may feed something under these keys, in order. */
export async function activitiesUnder(db: Db | Trx, programmeId: string, feedKeys: string[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const keys of inChunks(feedKeys)) {
    const rows = await db
      .selectFrom('feed')
      .select('activity_id')
      .where('programme_id', '=', programmeId)
      .where('feed_key', 'in', keys)
      .execute();
    for (const row of rows) ids.add(row.activity_id);
  }
  return [...ids].sort();
}

/** Ids of the duties that these activities feed under any of their keys. */
export async function dutiesFedBy(trx: Trx, programme: StoredProgramme, fed: Fed[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const { activity: a, feedKeys } of fed)
    for (const id of await obligationsFedBy(trx, programme, feedKeys, [a.kind], { start: a.date, end: lastDay(a) }))
      ids.add(id);
  return [...ids];
}

/** An activity with every key it has now or had before. */
export interface Fed {
  activity: StoredActivity;
  feedKeys: string[];
}

/** The same for activities by id. `all` also returns those whose keys did not change. */
export async function refeedActivities(
  trx: Trx,
  programmeId: string,
  ids: string[],
  feedsNow: (activity: Activity) => string[],
  which: 'changed' | 'all' = 'changed',
): Promise<Fed[]> {
  const found: Fed[] = [];
  for (const part of inChunks(ids)) {
    const activities = await trx
      .selectFrom('activity')
      .select(activityColumns)
      .where('programme_id', '=', programmeId)
      .where('id', 'in', part)
      .execute();
    const rows = await trx
      .selectFrom('feed')
      .select(['activity_id', 'feed_key'])
      .where('programme_id', '=', programmeId)
      .where('activity_id', 'in', part)
      .execute();
    const before = Map.groupBy(rows, (r) => r.activity_id);
    for (const activity of activities.map(activityFrom)) {
      const had = (before.get(activity.id) ?? []).map((r) => r.feed_key);
      const has = feedsNow(activity);
      const same = had.length === has.length && has.every((key) => had.includes(key));
      if (!same || which === 'all') found.push({ activity, feedKeys: [...new Set([...had, ...has])] });
      if (same) continue;
      await trx
        .deleteFrom('feed')
        .where('programme_id', '=', programmeId)
        .where('activity_id', '=', activity.id)
        .execute();
      await insertFeeds(trx, [{ activity, feedKeys: has }]);
    }
  }
  return found;
}

/** The last day, up to `today`, on which something was done for each key: 「kind key」 → date. */
export async function lastDates(
  db: Db | Trx,
  programmeId: string,
  feedKeys: string[],
  today: Ymd,
): Promise<Map<string, Ymd>> {
  if (feedKeys.length === 0) return new Map();
  const rows = await db
    .selectFrom('feed')
    .innerJoin('activity', (join) =>
      join
        .on('activity.programme_id', '=', arriving('feed.programme_id'))
        .onRef('activity.id', '=', 'feed.activity_id'),
    )
    .select(['feed.kind', 'feed.feed_key'])
    .select((eb) => eb.fn.max('activity.date').as('last'))
    .where('feed.programme_id', '=', programmeId)
    .where('feed.feed_key', 'in', feedKeys)
    .where('activity.status', '=', 'done')
    .where('activity.date', '<=', today)
    .groupBy(['feed.kind', 'feed.feed_key'])
    .execute();
  return new Map(rows.map((r) => [`${r.kind} ${r.feed_key}`, r.last]));
}

/** Ids of the obligations that activities with these feed keys, kinds and dates may change. */
export async function obligationsFedBy(
  trx: Trx,
  programme: StoredProgramme,
  feedKeys: string[],
  kinds: ActivityKind[],
  dates: Range,
): Promise<string[]> {
  const requirements = requirementsFor(programme, kinds);
  if (feedKeys.length === 0 || requirements.length === 0) return [];
  const rows = await trx
    .selectFrom('obligation_feed')
    // SQLite reads the tables of a cross join in this order.
    .crossJoin('obligation')
    .where('obligation.programme_id', '=', arriving('obligation_feed.programme_id'))
    .whereRef('obligation_feed.obligation_id', '=', 'obligation.id')
    .select('obligation.id')
    .distinct()
    .where('obligation_feed.programme_id', '=', programme.id)
    .where('obligation_feed.feed_key', 'in', feedKeys)
    .where('obligation.requirement', 'in', requirements)
    .where('obligation.range_start', '<=', dates.end)
    .where('obligation.range_end', '>=', dates.start)
    .execute();
  return rows.map((r) => r.id);
}

/** Every requirement that stored obligations may name, by its key. */
export const requirementsOf = (programme: StoredProgramme): [string, Requirement][] => [
  ...programme.plans.flatMap((use) =>
    use.plan.requirements.map((r): [string, Requirement] => [requirementKey(use.plan.id, r.id), r]),
  ),
  ...Object.entries(programme.retired),
];

/** Keys of the requirements that one of these kinds may count for; a requirement may say 「支教或送教」. */
const requirementsFor = (programme: StoredProgramme, kinds: ActivityKind[]): string[] =>
  requirementsOf(programme)
    .filter(([, r]) => kindsOf(r).some((kind) => kinds.includes(kind)))
    .map(([key]) => key);
