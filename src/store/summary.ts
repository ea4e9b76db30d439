import { type ExpressionBuilder, sql } from 'kysely';
import { addDays, mondayOf } from '../plan/dates.ts';
import { placeKey } from '../plan/places.ts';
import {
  type Group,
  type Grouping,
  lateOf,
  noStates,
  type Realm,
  type Span,
  type SummaryDays,
  type SummaryFigures,
  summaryDays,
} from '../plan/summary.ts';
import type { Programme, Range, State, Ymd } from '../plan/types.ts';
import { columns, fromRow, type StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { type Counted, obligationOf } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import type { Tables } from './schema.ts';
import type { Trx } from './transaction.ts';

const DUE_SOON_DAYS = 7;

/** Places whose obligations belong to a realm; undefined: all. */
export function placesOfRealm(programme: Programme, realm: Realm): string[] | undefined {
  if (realm.kind === 'programme') return undefined;
  if (realm.kind !== 'district') return [placeKey(realm.kind, realm.id)];
  const schools = programme.schools.filter((s) => s.districtId === realm.id).map((s) => placeKey('school', s.id));
  return [...schools, placeKey('district', realm.id)];
}

type Scope = { programme: Programme; places: string[] | undefined; term: Range };

/** The obligations of a term and realm; never more of the table than the term's, however long the history. */
const scoped = (db: Db | Trx, { programme, places, term }: Scope) => {
  const all = db
    .selectFrom('obligation as o')
    .where('o.programme_id', '=', programme.id)
    .where('o.range_end', '>=', term.start)
    .where('o.range_start', '<=', term.end);
  if (!places) return all;
  return all.where('o.id', 'in', (q) =>
    q
      .selectFrom('obligation_place')
      .select('obligation_id')
      .where('programme_id', '=', programme.id)
      .where('place', 'in', places)
      .where('range_end', '>=', term.start),
  );
};

/** `judge` of plan/standing.ts in SQL; test/store/summary.test.ts holds the two together. */
const stateOn = (day: Ymd) => sql<State>`case
  when o.waived = 1 then 'waived'
  when o.done >= o.target then 'met'
  when o.range_start > ${day} then 'upcoming'
  when o.range_end < ${day} then 'missed'
  when coalesce(o.next_checkpoint, o.range_end) < ${day} then 'overdue'
  when coalesce(o.next_checkpoint, o.range_end) <= ${addDays(day, DUE_SOON_DAYS)} then 'due_soon'
  else 'open' end`;

const isLate = (day: Ymd) =>
  sql<boolean>`o.waived = 0 and o.done < o.target and coalesce(o.next_checkpoint, o.range_end) < ${day}`;

const within = (range: Range) =>
  sql<number>`case when o.met_on >= ${range.start} and o.met_on <= ${range.end} then 1 else 0 end`;

/** Obligations by group and state on `day`. Groups without any are left out. */
export async function countStates(
  db: Db | Trx,
  programme: Programme,
  asked: { realm: Realm; by: Grouping; days: SummaryDays; day: Ymd },
): Promise<Group[]> {
  const { realm, by, days, day } = asked;
  const base = scoped(db, { programme, places: placesOfRealm(programme, realm), term: days.term });
  const judged = [
    stateOn(day).as('state'),
    within(days.now).as('met_now'),
    within(days.before).as('met_before'),
  ] as const;
  const inner =
    by === 'requirement'
      ? base.select(['o.requirement as group_key', ...judged])
      : base
          .innerJoin('obligation_place as p', (join) =>
            join.onRef('p.programme_id', '=', 'o.programme_id').onRef('p.obligation_id', '=', 'o.id'),
          )
          .where('p.place', 'like', `${by}:%`)
          .where('p.range_end', '>=', days.term.start)
          .select(['p.place as group_key', ...judged]);
  const rows = await db
    .selectFrom(inner.as('t'))
    .select((eb) => [
      't.group_key',
      't.state',
      eb.fn.countAll<number>().as('n'),
      eb.fn.sum<number>('t.met_now').as('met_now'),
      eb.fn.sum<number>('t.met_before').as('met_before'),
    ])
    .groupBy(['t.group_key', 't.state'])
    .execute();
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = by === 'requirement' ? row.group_key : row.group_key.slice(by.length + 1);
    const group = groups.get(key) ?? { key, counts: noStates(), metNow: 0, metBefore: 0 };
    group.counts[row.state] += Number(row.n);
    group.metNow += Number(row.met_now);
    group.metBefore += Number(row.met_before);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The schools or pairings with most late obligations, as counts. */
export async function mostLate(
  db: Db | Trx,
  programme: Programme,
  asked: { realm: Realm; by: 'school' | 'pairing'; days: SummaryDays; day: Ymd; limit: number },
): Promise<{ id: string; count: number }[]> {
  const { realm, by, days, day, limit } = asked;
  const rows = await scoped(db, { programme, places: placesOfRealm(programme, realm), term: days.term })
    .innerJoin('obligation_place as p', (join) =>
      join.onRef('p.programme_id', '=', 'o.programme_id').onRef('p.obligation_id', '=', 'o.id'),
    )
    .where('p.place', 'like', `${by}:%`)
    .where('p.range_end', '>=', days.term.start)
    .where(isLate(day))
    .select((eb) => ['p.place', eb.fn.countAll<number>().as('n')])
    .groupBy('p.place')
    .orderBy('n', 'desc')
    .orderBy('p.place')
    .limit(limit)
    .execute();
  return rows.map((r) => ({ id: r.place.slice(by.length + 1), count: Number(r.n) }));
}

/** Which obligations a list is narrowed to. */
export interface Narrowing {
  realm: Realm;
  term: Range;
  day: Ymd;
  /** `plan/requirement`. */
  requirement?: string;
  late?: boolean;
  /** Only those that this person bears. */
  bearerId?: string;
  subjectIds?: string[];
}

const narrowed = (db: Db | Trx, programme: Programme, by: Narrowing) => {
  let query = scoped(db, { programme, places: placesOfRealm(programme, by.realm), term: by.term });
  if (by.requirement !== undefined) query = query.where('o.requirement', '=', by.requirement);
  if (by.late) query = query.where(isLate(by.day));
  if (by.subjectIds) query = query.where('o.subject_id', 'in', by.subjectIds.length > 0 ? by.subjectIds : ['']);
  if (by.bearerId !== undefined)
    query = query.where('o.id', 'in', (q) =>
      q
        .selectFrom('obligation_bearer')
        .select('obligation_id')
        .where('programme_id', '=', programme.id)
        .where('person_id', '=', by.bearerId!),
    );
  return query;
};

/** The obligations behind a number, the longest late first; `page` from 1. */
export async function obligationPage(
  db: Db | Trx,
  programme: StoredProgramme,
  by: Narrowing,
  { page, size }: { page: number; size: number },
): Promise<{ rows: Counted[]; total: number }> {
  const query = narrowed(db, programme, by);
  const { n } = await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await query
    .select(['o.id', 'o.done', 'o.body'])
    .orderBy('o.waived')
    .orderBy('o.next_checkpoint')
    .orderBy('o.id')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { rows: rows.map((r) => obligationOf(r, programme)), total: Number(n) };
}

/** Which activities a list is narrowed to: done ones, dated in `dates`, of these people (undefined: of all). */
export interface ActivityNarrowing {
  dates: Range;
  byIds?: string[];
  kinds?: string[];
}

export const happened = (programmeId: string, by: ActivityNarrowing) => (eb: ExpressionBuilder<Tables, 'activity'>) =>
  eb.and([
    eb('programme_id', '=', programmeId),
    eb('date', '>=', by.dates.start),
    eb('date', '<=', by.dates.end),
    eb('status', '=', 'done'),
    ...(by.byIds ? [by.byIds.length > 0 ? eb('by_id', 'in', by.byIds) : eb.lit(false)] : []),
    ...(by.kinds ? [eb('kind', 'in', by.kinds)] : []),
  ]);

/** Activities per day. */
export async function activitiesPerDay(
  db: Db | Trx,
  programmeId: string,
  by: ActivityNarrowing,
): Promise<Map<Ymd, number>> {
  const rows = await db
    .selectFrom('activity')
    .select((eb) => ['date', eb.fn.countAll<number>().as('n')])
    .where(happened(programmeId, by))
    .groupBy('date')
    .execute();
  return new Map(rows.map((r) => [r.date, Number(r.n)]));
}

/** A page of activities, the latest first. */
export async function activityPage(
  db: Db | Trx,
  programmeId: string,
  by: ActivityNarrowing,
  { page, size }: { page: number; size: number },
): Promise<StoredActivity[]> {
  const rows = await db
    .selectFrom('activity')
    .select(columns)
    .where(happened(programmeId, by))
    .orderBy('date', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return rows.map(fromRow);
}

/** People whose activities belong to a realm; undefined: everybody's. */
export function peopleOfRealm(programme: Programme, realm: Realm): string[] | undefined {
  if (realm.kind === 'programme') return undefined;
  const schools = new Set(
    realm.kind === 'school'
      ? [realm.id]
      : realm.kind === 'district'
        ? programme.schools.filter((s) => s.districtId === realm.id).map((s) => s.id)
        : programme.pairings.filter((p) => p.id === realm.id).flatMap((p) => [p.supporterId, p.recipientId]),
  );
  return programme.people
    .filter((p) => schools.has(p.schoolId ?? '') || (realm.kind === 'district' && p.districtId === realm.id))
    .map((p) => p.id);
}

const LATE_SHOWN = 5;
const NEWS_SHOWN = 5;
const TREND_WEEKS = 12;

/** Everything a summary card tells, as of `today`; undefined where the programme has no term. */
export async function readSummary(
  db: Db | Trx,
  programme: StoredProgramme,
  asked: { realm: Realm; span: Span; by: Grouping; today: Ymd },
): Promise<SummaryFigures | undefined> {
  const { realm, span, by, today } = asked;
  const days = summaryDays(programme, span, today);
  if (!days) return undefined;
  const about = { realm, days, day: today };
  const groups = await countStates(db, programme, { ...about, by });
  const whole = by === 'requirement' ? groups : await countStates(db, programme, { ...about, by: 'requirement' });
  // One school is compared with nobody: what is late there is told by requirement.
  const alone = realm.kind === 'school' || realm.kind === 'pairing';
  const late = alone
    ? latest(whole)
    : (await mostLate(db, programme, { ...about, by: 'school', limit: LATE_SHOWN })).map((l) => ({
        kind: 'school' as const,
        ...l,
      }));
  const weeksBack = addDays(mondayOf(days.now.end), -7 * (TREND_WEEKS - 1));
  const [start = weeksBack] = [days.before.start, weeksBack].sort();
  const byIds = peopleOfRealm(programme, realm);
  const perDay = await activitiesPerDay(db, programme.id, { dates: { start, end: days.now.end }, byIds });
  const news = await activityPage(db, programme.id, { dates: days.now, byIds }, { page: 1, size: NEWS_SHOWN });
  return {
    realm,
    span,
    by,
    days,
    groups,
    total: whole.reduce(add, { key: '', counts: noStates(), metNow: 0, metBefore: 0 }),
    late,
    perDay,
    news,
  };
}

const latest = (groups: Group[]) =>
  groups
    .map((g) => ({ kind: 'requirement' as const, id: g.key, count: lateOf(g.counts) }))
    .filter((l) => l.count > 0)
    .toSorted((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
    .slice(0, LATE_SHOWN);

const add = (a: Group, b: Group): Group => ({
  key: '',
  counts: Object.fromEntries(
    Object.entries(a.counts).map(([k, n]) => [k, n + b.counts[k as State]]),
  ) as Group['counts'],
  metNow: a.metNow + b.metNow,
  metBefore: a.metBefore + b.metBefore,
});
