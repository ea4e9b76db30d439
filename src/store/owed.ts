import { kindsOf } from '../plan/feeds.ts';
import type { Owed, Secondment } from '../plan/notices/index.ts';
import type { Activity, Range, Ymd } from '../plan/types.ts';
import type { Db } from './db.ts';
import { type Counted, type ObligationRow, obligationOf } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import { inChunks, type Trx } from './transaction.ts';

type Row = ObligationRow & { since: string | null };
const columns = ['obligation.id', 'obligation.done', 'obligation.body', 'obligation.since'] as const;

const owedOf = (row: Row, programme: StoredProgramme): Owed => ({
  ...obligationOf(row, programme),
  ...(row.since ? { since: row.since } : {}),
});

/** What these people bear in `range`. `unmet`: only what is still open, which is all that reminders ask about. */
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
      .selectFrom('obligation')
      .innerJoin('obligation_bearer', (join) =>
        join
          .onRef('obligation_bearer.programme_id', '=', 'obligation.programme_id')
          .onRef('obligation_bearer.obligation_id', '=', 'obligation.id'),
      )
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

/** What schools, pairings and districts owe in `range` and have not done: the bureau's concern. */
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

/** Obligations with the dates of the latest activity that fed them and whether an attempt came to nothing. */
export async function withLatest(db: Db | Trx, programme: StoredProgramme, owed: Owed[], today: Ymd): Promise<Owed[]> {
  const keys = [...new Set(owed.flatMap((o) => o.obligation.feedKeys))];
  const dates = new Map<string, Ymd[]>();
  for (const part of inChunks(keys)) {
    const rows = await db
      .selectFrom('feed')
      .innerJoin('activity', (join) =>
        join.onRef('activity.programme_id', '=', 'feed.programme_id').onRef('activity.id', '=', 'feed.activity_id'),
      )
      .select(['feed.feed_key', 'feed.kind', 'activity.status', (eb) => eb.fn.max('activity.date').as('date')])
      .where('feed.programme_id', '=', programme.id)
      .where('feed.feed_key', 'in', part)
      .where('activity.status', 'in', ['done', 'attempted'])
      .where('activity.date', '<=', today)
      .groupBy(['feed.feed_key', 'feed.kind', 'activity.status'])
      .execute();
    for (const r of rows) {
      const key = `${r.status} ${r.kind} ${r.feed_key}`;
      dates.set(key, [...(dates.get(key) ?? []), String(r.date)]);
    }
  }
  if (dates.size === 0) return owed;
  return owed.map((item) => {
    const { requirement, feedKeys, period } = item.obligation;
    const latest = (status: string): Ymd | undefined =>
      kindsOf(requirement)
        .flatMap((kind) => feedKeys.flatMap((key) => dates.get(`${status} ${kind} ${key}`) ?? []))
        .sort()
        .at(-1);
    const lastDone = latest('done');
    const tried = (latest('attempted') ?? '') >= period.start;
    return { ...item, ...(lastDone ? { lastDone } : {}), ...(tried ? { tried } : {}) };
  });
}

/** Who is on secondment on a day, by their own or a planned record of it. */
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

/** Obligations by id, whatever their state, for drawing a card again. */
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
