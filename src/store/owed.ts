import type { Activity, ActivityKind } from '../plan/activity.ts';
import type { Range, Ymd } from '../plan/dates.ts';
import { kindsOf } from '../plan/feeds.ts';
import type { Owed, Secondment } from '../plan/notices/index.ts';
import { activityColumns, activityFrom, type StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { type Counted, type ObligationRow, obligationOf } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import { arriving, inChunks, type Trx } from './transaction.ts';

type Row = ObligationRow & { since: string | null };
const columns = ['obligation.id', 'obligation.done', 'obligation.body', 'obligation.since'] as const;

const owedOf = (row: Row, programme: StoredProgramme): Owed => ({
  ...obligationOf(row, programme),
  ...(row.since ? { since: row.since } : {}),
});

/** What these people bear in `range`. `unmet`: only open duties, which are all that reminders ask about. */
export async function owedBy(
  db: Db | Trx,
  programme: StoredProgramme,
  personIds: string[],
  range: Range,
  only: 'unmet' | 'all' = 'unmet',
): Promise<Owed[]> {
  const found = new Map<string, Owed>();
  for (const ids of inChunks(personIds)) {
    const rows = await db
      .selectFrom('obligation_bearer')
      // SQLite reads the tables of a cross join in this order; otherwise it would read a term's duties for each person.
      .crossJoin('obligation')
      .where('obligation.programme_id', '=', arriving('obligation_bearer.programme_id'))
      .whereRef('obligation_bearer.obligation_id', '=', 'obligation.id')
      .select(columns)
      .where('obligation_bearer.programme_id', '=', programme.id)
      .where('obligation_bearer.person_id', 'in', ids)
      .where('obligation.range_start', '<=', range.end)
      .where('obligation.range_end', '>=', range.start)
      .where('obligation.waived', '=', 0)
      .$if(only === 'unmet', (q) => q.whereRef('obligation.done', '<', 'obligation.target'))
      .execute();
    for (const row of rows) if (!found.has(row.id)) found.set(row.id, owedOf(row, programme));
  }
  return [...found.values()];
}

/** Open duties of schools, pairings and districts in `range`: the bureau's concern. */
export async function owedAbovePersons(db: Db | Trx, programme: StoredProgramme, range: Range): Promise<Owed[]> {
  const rows = await db
    .selectFrom('obligation')
    .select(columns)
    .where('obligation.programme_id', '=', programme.id)
    .where('obligation.subject_kind', 'in', ['school', 'pairing', 'district'])
    .where('obligation.range_start', '<=', range.end)
    .where('obligation.range_end', '>=', range.start)
    .where('obligation.waived', '=', 0)
    .whereRef('obligation.done', '<', 'obligation.target')
    .execute();
  return rows.map((row) => owedOf(row, programme));
}

/** Obligations with the date of the latest activity that fed them, and their latest failed attempt. */
export async function withLatest(db: Db | Trx, programme: StoredProgramme, owed: Owed[], today: Ymd): Promise<Owed[]> {
  const keys = [...new Set(owed.flatMap((o) => o.obligation.feedKeys))];
  const dates = new Map<string, Ymd[]>();
  const failed = new Set<string>();
  for (const part of inChunks(keys)) {
    const rows = await db
      .selectFrom('feed')
      .innerJoin('activity', (join) =>
        join
          .on('activity.programme_id', '=', arriving('feed.programme_id'))
          .onRef('activity.id', '=', 'feed.activity_id'),
      )
      .select(['feed.feed_key', 'feed.kind', 'activity.status', (eb) => eb.fn.max('activity.date').as('date')])
      .where('feed.programme_id', '=', programme.id)
      .where('feed.feed_key', 'in', part)
      .where('activity.status', 'in', ['done', 'attempted'])
      .where('activity.date', '<=', today)
      .groupBy(['feed.feed_key', 'feed.kind', 'activity.status'])
      .execute();
    for (const r of rows)
      if (r.status === 'attempted') failed.add(r.feed_key);
      else dates.set(`${r.kind} ${r.feed_key}`, [String(r.date)]);
  }
  if (dates.size + failed.size === 0) return owed;
  const attempts = await attemptsOf(db, programme.id, [...failed], today);
  return owed.map((item) => {
    const { requirement, feedKeys, period } = item.obligation;
    const of = <T>(found: (kind: ActivityKind, key: string) => T[]): T[] =>
      kindsOf(requirement).flatMap((kind) => feedKeys.flatMap((key) => found(kind, key)));
    const lastDone = of((kind, key) => dates.get(`${kind} ${key}`) ?? [])
      .sort()
      .at(-1);
    const attempt = of((kind, key) => attempts.get(`${kind} ${key}`) ?? [])
      .sort((a, b) => (a.date < b.date ? -1 : 1))
      .at(-1);
    const tried = attempt && attempt.date >= period.start && { reason: attempt.reason };
    return { ...item, ...(lastDone ? { lastDone } : {}), ...(tried ? { tried } : {}) };
  });
}

/** Failed attempts, by kind and feed key, the earliest first; few enough to be read whole. */
async function attemptsOf(
  db: Db | Trx,
  programmeId: string,
  feedKeys: string[],
  today: Ymd,
): Promise<Map<string, Activity[]>> {
  const found = new Map<string, Activity[]>();
  for (const part of inChunks(feedKeys)) {
    const rows = await db
      .selectFrom('feed')
      .innerJoin('activity', (join) =>
        join
          .on('activity.programme_id', '=', arriving('feed.programme_id'))
          .onRef('activity.id', '=', 'feed.activity_id'),
      )
      .select(['feed.feed_key', 'feed.kind', 'activity.body'])
      .where('feed.programme_id', '=', programmeId)
      .where('feed.feed_key', 'in', part)
      .where('activity.status', '=', 'attempted')
      .where('activity.date', '<=', today)
      .orderBy('activity.date')
      .orderBy('activity.recorded_at')
      .execute();
    for (const r of rows) {
      const key = `${r.kind} ${r.feed_key}`;
      found.set(key, [...(found.get(key) ?? []), JSON.parse(r.body)]);
    }
  }
  return found;
}

/** Who is on secondment on a day, by their own record or plan. */
export async function secondmentsOn(db: Db | Trx, programmeId: string, day: Ymd): Promise<Secondment[]> {
  const rows = await db
    .selectFrom('activity')
    .select('body')
    .where('programme_id', '=', programmeId)
    .where('kind', '=', 'secondment')
    .where('status', 'in', ['done', 'planned'])
    .where('date', '<=', day)
    .execute();
  return rows
    .map((r) => JSON.parse(r.body) as Activity)
    .filter((a) => a.dateTo !== undefined && day <= a.dateTo)
    .flatMap((a) =>
      [a.byId, ...a.participantIds].map((personId) => ({
        personId,
        ...(a.placeId ? { placeId: a.placeId } : {}),
        from: a.date,
        to: a.dateTo!,
      })),
    );
}

/** Stays that last more than a day. */
export async function staysBeyond(db: Db | Trx, programmeId: string, day: Ymd): Promise<StoredActivity[]> {
  const rows = await db
    .selectFrom('activity')
    .select(activityColumns)
    .where('programme_id', '=', programmeId)
    .where('kind', '=', 'secondment')
    .where('status', 'in', ['done', 'planned'])
    .where('date', '<=', day)
    .execute();
  return rows.map(activityFrom).filter((a) => (a.dateTo ?? '') > day);
}

/** Obligations by id, whatever their state, for redrawing a card. */
export async function countedById(
  db: Db | Trx,
  programme: StoredProgramme,
  ids: string[],
): Promise<Map<string, Counted>> {
  const found = new Map<string, Counted>();
  for (const part of inChunks(ids)) {
    const rows = await db
      .selectFrom('obligation')
      .select(['id', 'done', 'body'])
      .where('programme_id', '=', programme.id)
      .where('id', 'in', part)
      .execute();
    for (const row of rows) found.set(row.id, obligationOf(row, programme));
  }
  return found;
}
