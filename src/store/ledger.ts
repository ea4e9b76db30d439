import type { Activity } from '../plan/activity.ts';
import type { Range } from '../plan/dates.ts';
import { activityColumns, activityFrom, type ChangeKind, type StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import type { Trx } from './transaction.ts';

/** One step of an activity's history. */
export interface PastChange {
  version: number;
  at: number;
  byId: string;
  what: ChangeKind;
  /** The activity after this change. */
  activity: Activity;
}

/** The latest records of a reporter, newest first; of one message the last part first, of an import the latest day. */
export async function latestOf(
  db: Db | Trx,
  programmeId: string,
  reporterId: string,
  limit: number,
  skip = 0,
): Promise<StoredActivity[]> {
  const rows = await db
    .selectFrom('activity')
    .select(activityColumns)
    .where('programme_id', '=', programmeId)
    .where('reporter_id', '=', reporterId)
    .orderBy('recorded_at', 'desc')
    .orderBy('date', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(skip)
    .execute();
  return rows.map(activityFrom);
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
  const rows = await db
    .selectFrom('activity')
    .select(activityColumns)
    .where('cause', '=', cause)
    .orderBy('id')
    .execute();
  return rows.map(activityFrom);
}

/** What one message or click changed, as it is now. */
export async function activitiesChangedBy(db: Db | Trx, cause: string): Promise<StoredActivity[]> {
  const rows = await db
    .selectFrom('activity_change as c')
    .innerJoin('activity as a', (join) =>
      join.onRef('a.programme_id', '=', 'c.programme_id').onRef('a.id', '=', 'c.activity_id'),
    )
    .select(['a.version', 'a.reporter_id', 'a.recorded_at', 'a.cause', 'a.body'])
    .where('c.cause', '=', cause)
    .orderBy('a.id')
    .execute();
  return [...new Map(rows.map((row) => [row.body, activityFrom(row)])).values()];
}

/** The last change of each of these activities. */
export async function lastChanges(
  db: Db | Trx,
  programmeId: string,
  activities: StoredActivity[],
): Promise<Map<string, Pick<PastChange, 'at' | 'byId' | 'what'> & { cause?: string }>> {
  if (activities.length === 0) return new Map();
  const rows = await db
    .selectFrom('activity_change')
    .select(['activity_id', 'version', 'at', 'by_id', 'what', 'cause'])
    .where('programme_id', '=', programmeId)
    .where(
      'activity_id',
      'in',
      activities.map((a) => a.id),
    )
    .orderBy('version')
    .execute();
  return new Map(
    rows.map((r) => [
      r.activity_id,
      { at: Number(r.at), byId: r.by_id, what: r.what as ChangeKind, ...(r.cause ? { cause: r.cause } : {}) },
    ]),
  );
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
      .select([...activityColumns, 'id', 'date'])
      .where('programme_id', '=', programmeId)
      .where('kind', '=', kind)
      .where('date', '>=', from)
      .where('date', '<=', dates.end)
      .where((eb) => eb.or([eb('date', '>', date), eb.and([eb('date', '=', date), eb('id', '>', id)])]))
      .orderBy('date')
      .orderBy('id')
      .limit(page)
      .execute();
    if (rows.length > 0) yield rows.map(activityFrom);
    if (rows.length < page) return;
    after = rows.at(-1)!;
  }
}

/** The history of one activity, oldest first. */
export async function historyOf(db: Db | Trx, programmeId: string, activityId: string): Promise<PastChange[]> {
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
