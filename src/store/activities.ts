import type { Activity, Range, Ymd } from '../plan/types.ts';
import type { Db } from './db.ts';
import { arriving, inChunks, type Trx } from './transaction.ts';

export interface StoredActivity extends Activity {
  version: number;
  reporterId: string;
  recordedAt: number;
  cause?: string;
}

/** Why an activity changed. `recorded` is always version 1. */
export type ChangeKind = 'recorded' | 'edited' | 'withdrawn' | 'restored' | 'imported' | 'confirmed' | 'disputed';
export interface Change {
  version: number;
  at: number;
  byId: string;
  what: ChangeKind;
  /** The activity as it was from then on. */
  activity: Activity;
}

type Row = { version: number; reporter_id: string; recorded_at: number; cause: string | null; body: string };
export const columns = ['version', 'reporter_id', 'recorded_at', 'cause', 'body'] as const;

export function fromRow(row: Row): StoredActivity {
  const activity = JSON.parse(row.body) as Activity;
  return {
    ...activity,
    version: row.version,
    reporterId: row.reporter_id,
    recordedAt: Number(row.recorded_at),
    ...(row.cause ? { cause: row.cause } : {}),
  };
}

function bodyOf(activity: Activity | StoredActivity): string {
  const { version, recordedAt, cause, ...body } = activity as StoredActivity;
  return JSON.stringify(body);
}

/** Adds activities with their first history entry and feed keys. Ids are the caller's; nothing exists under them. */
export async function insertActivities(
  trx: Trx,
  rows: { activity: Activity & { reporterId: string }; feedKeys: string[]; cause?: string; what: ChangeKind }[],
  now: number,
): Promise<void> {
  for (const part of inChunks(rows)) {
    await trx
      .insertInto('activity')
      .values(
        part.map(({ activity: a, cause }) => ({
          programme_id: a.programmeId,
          id: a.id,
          version: 1,
          kind: a.kind,
          status: a.status,
          date: a.date,
          by_id: a.byId,
          reporter_id: a.reporterId,
          recorded_at: now,
          cause: cause ?? null,
          body: bodyOf(a),
        })),
      )
      .execute();
    await trx
      .insertInto('activity_change')
      .values(part.map(({ activity, what }) => changeRow(activity, 1, what, activity.reporterId, now)))
      .execute();
  }
  await insertFeeds(
    trx,
    rows.map(({ activity, feedKeys }) => ({ activity, feedKeys })),
  );
}

function changeRow(activity: Activity, version: number, what: ChangeKind, byId: string, at: number) {
  return {
    programme_id: activity.programmeId,
    activity_id: activity.id,
    version,
    at,
    by_id: byId,
    what,
    body: bodyOf(activity),
  };
}

async function insertFeeds(trx: Trx, rows: { activity: Activity; feedKeys: string[] }[]): Promise<void> {
  const feeds = rows.flatMap(({ activity, feedKeys }) =>
    feedKeys.map((feed_key) => ({
      programme_id: activity.programmeId,
      feed_key,
      kind: activity.kind,
      date: activity.date,
      activity_id: activity.id,
    })),
  );
  for (const part of inChunks(feeds)) await trx.insertInto('feed').values(part).execute();
}

/** Replaces what an activity says, keeping every earlier version. The caller has read it with `lockActivity`. */
export async function changeActivity(
  trx: Trx,
  before: StoredActivity,
  after: Activity,
  change: { what: ChangeKind; byId: string; feedKeys: string[]; now: number },
): Promise<StoredActivity> {
  const version = before.version + 1;
  await trx
    .updateTable('activity')
    .set({
      version,
      kind: after.kind,
      status: after.status,
      date: after.date,
      by_id: after.byId,
      body: bodyOf({ ...after, reporterId: before.reporterId }),
    })
    .where('programme_id', '=', after.programmeId)
    .where('id', '=', after.id)
    .execute();
  await trx
    .insertInto('activity_change')
    .values(changeRow(after, version, change.what, change.byId, change.now))
    .execute();
  await trx
    .deleteFrom('feed')
    .where('programme_id', '=', after.programmeId)
    .where('activity_id', '=', after.id)
    .execute();
  await insertFeeds(trx, [{ activity: after, feedKeys: change.feedKeys }]);
  return { ...before, ...after, reporterId: before.reporterId, version };
}

/** Reads an activity and keeps others from changing it until the transaction ends. */
export async function lockActivity(trx: Trx, programmeId: string, id: string): Promise<StoredActivity | undefined> {
  const row = await trx
    .selectFrom('activity')
    .select(columns)
    .where('programme_id', '=', programmeId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && fromRow(row);
}

/** The latest records of a reporter, newest first; of one message the last said first, of an import the latest day. */
export async function latestOf(
  db: Db | Trx,
  programmeId: string,
  reporterId: string,
  limit: number,
  skip = 0,
): Promise<StoredActivity[]> {
  const rows = await db
    .selectFrom('activity')
    .select(columns)
    .where('programme_id', '=', programmeId)
    .where('reporter_id', '=', reporterId)
    .orderBy('recorded_at', 'desc')
    .orderBy('date', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(skip)
    .execute();
  return rows.map(fromRow);
}

/** How many records a reporter has made. */
export async function countOf(db: Db | Trx, programmeId: string, reporterId: string): Promise<number> {
  const row = await db
    .selectFrom('activity')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('programme_id', '=', programmeId)
    .where('reporter_id', '=', reporterId)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** What one message or click recorded. */
export async function activitiesOfCause(db: Db | Trx, cause: string): Promise<StoredActivity[]> {
  const rows = await db.selectFrom('activity').select(columns).where('cause', '=', cause).orderBy('id').execute();
  return rows.map(fromRow);
}

/**
 * Activities of these kinds and dates that may be credited to any of the keys, whatever their status; each once with every
 * one of the keys it came by.
 */
export async function activitiesFeeding(
  db: Db | Trx,
  programmeId: string,
  feedKeys: string[],
  kinds: string[],
  dates: Range,
): Promise<{ activity: StoredActivity; feedKeys: string[] }[]> {
  if (feedKeys.length === 0 || kinds.length === 0) return [];
  const rows = await fed(db, programmeId, feedKeys, kinds, dates)
    .select(['activity.version', 'activity.reporter_id', 'activity.recorded_at', 'activity.cause'])
    .execute();
  return eachOnce(rows, fromRow);
}

/** The same for counting, which needs no more than what was done. */
export async function activitiesCounted(
  db: Db | Trx,
  programmeId: string,
  feedKeys: string[],
  kinds: string[],
  dates: Range,
): Promise<{ activity: Activity; feedKeys: string[] }[]> {
  if (feedKeys.length === 0 || kinds.length === 0) return [];
  const rows = await fed(db, programmeId, feedKeys, kinds, dates).execute();
  return eachOnce(rows, (row) => JSON.parse(row.body) as Activity);
}

const fed = (db: Db | Trx, programmeId: string, feedKeys: string[], kinds: string[], dates: Range) =>
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
 * Finds again what the activities under some keys may feed, after the roster has changed. Returns those whose keys did change,
 * with every key they have now or had before.
 */
export async function refeed(
  trx: Trx,
  programmeId: string,
  underKeys: string[],
  feedsNow: (activity: Activity) => string[],
): Promise<{ activity: StoredActivity; feedKeys: string[] }[]> {
  const ids = new Set<string>();
  for (const keys of inChunks(underKeys)) {
    const rows = await trx
      .selectFrom('feed')
      .select('activity_id')
      .where('programme_id', '=', programmeId)
      .where('feed_key', 'in', keys)
      .execute();
    for (const row of rows) ids.add(row.activity_id);
  }
  const found: { activity: StoredActivity; feedKeys: string[] }[] = [];
  for (const part of inChunks([...ids].sort())) {
    const activities = await trx
      .selectFrom('activity')
      .select(columns)
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
    for (const activity of activities.map(fromRow)) {
      const had = (before.get(activity.id) ?? []).map((r) => r.feed_key);
      const has = feedsNow(activity);
      if (had.length === has.length && has.every((key) => had.includes(key))) continue;
      found.push({ activity, feedKeys: [...new Set([...had, ...has])] });
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

/** The messages and clicks that made these activities. */
export async function causesOf(db: Db | Trx, programmeId: string, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('activity')
    .select('cause')
    .where('programme_id', '=', programmeId)
    .where('id', 'in', ids)
    .execute();
  return rows.flatMap((r) => r.cause ?? []);
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
      join.onRef('activity.programme_id', '=', 'feed.programme_id').onRef('activity.id', '=', 'feed.activity_id'),
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

/** All activities of a programme, in pages by id: a year's ledger does not fit in memory at once. */
export async function* everyActivity(
  db: Db | Trx,
  programmeId: string,
  page = 1_000,
): AsyncGenerator<StoredActivity[]> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('activity')
      .select([...columns, 'id'])
      .where('programme_id', '=', programmeId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(page)
      .execute();
    if (rows.length > 0) yield rows.map(fromRow);
    if (rows.length < page) return;
    after = rows.at(-1)!.id;
  }
}

/** Activities of one kind in order of date, page by page. */
export async function* activitiesOfKind(
  db: Db | Trx,
  programmeId: string,
  kind: string,
  dates: Range,
  page = 1_000,
): AsyncGenerator<StoredActivity[]> {
  for (let after = { date: '', id: '' }; ; ) {
    const { date, id } = after;
    const [, from = dates.start] = [date, dates.start].sort();
    const rows = await db
      .selectFrom('activity')
      .select([...columns, 'id', 'date'])
      .where('programme_id', '=', programmeId)
      .where('kind', '=', kind)
      .where('date', '>=', from)
      .where('date', '<=', dates.end)
      .where((eb) => eb.or([eb('date', '>', date), eb.and([eb('date', '=', date), eb('id', '>', id)])]))
      .orderBy('date')
      .orderBy('id')
      .limit(page)
      .execute();
    if (rows.length > 0) yield rows.map(fromRow);
    if (rows.length < page) return;
    after = rows.at(-1)!;
  }
}

/** The history of one activity, oldest first. */
export async function historyOf(db: Db | Trx, programmeId: string, activityId: string): Promise<Change[]> {
  const rows = await db
    .selectFrom('activity_change')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('activity_id', '=', activityId)
    .orderBy('version')
    .execute();
  return rows.map((r) => ({
    version: r.version,
    at: Number(r.at),
    byId: r.by_id,
    what: r.what as ChangeKind,
    activity: JSON.parse(r.body) as Activity,
  }));
}
