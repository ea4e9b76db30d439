import { sql } from 'kysely';
import { addDays, mondayOf, type Range, type Ymd } from '../plan/dates.ts';
import { schoolsInspected } from '../plan/inspection.ts';
import type { State } from '../plan/obligation.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import { DUE_SOON_DAYS } from '../plan/standing.ts';
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
import type { Db } from './db.ts';
import { inspectionsOf } from './inspections.ts';
import { activitiesPerDay, activityPage } from './lists.ts';
import type { StoredProgramme } from './programmes.ts';
import { lateOn, peopleOfRealm, placesOfRealm, type Scope, scoped } from './realm.ts';
import { isSqlite, type Trx } from './transaction.ts';

/**
 * `judge` of plan/standing.ts in SQL; test/store/summary.test.ts holds the two together. `past`: over before the term, and looked
 * at only for what was met in the days before.
 */
const stateOn = (day: Ymd, term: Range) => sql<State | 'past'>`case
  when o.range_end < ${term.start} then 'past'
  when o.waived = 1 then 'waived'
  when o.done >= o.target then 'met'
  when o.range_start > ${day} then 'upcoming'
  when o.range_end < ${day} then 'missed'
  when coalesce(o.next_checkpoint, o.range_end) < ${day} then 'overdue'
  when coalesce(o.next_checkpoint, o.range_end) <= ${addDays(day, DUE_SOON_DAYS)} then 'due_soon'
  else 'open' end`;

const within = (range: Range) =>
  sql<number>`case when o.met_on >= ${range.start} and o.met_on <= ${range.end} then 1 else 0 end`;

/**
 * The obligations of a term with the places they concern. A place's row is found by the term's end and the obligation together: both
 * tables are read where the term stands in them, wherever the ids of older terms lie.
 */
const placed = (db: Db | Trx, scope: Scope, kind: 'school' | 'pairing') =>
  scoped(db, scope, true)
    .innerJoin('obligation_place as p', (join) =>
      join
        .onRef('p.programme_id', '=', 'o.programme_id')
        .onRef('p.range_end', '=', 'o.range_end')
        .onRef('p.obligation_id', '=', 'o.id'),
    )
    // The keys of one kind of place: 「;」 follows 「:」.
    .where('p.place', '>=', `${kind}:`)
    .where('p.place', '<', `${kind};`)
    // SQLite does not see by itself what follows for the one from the other.
    .where('p.range_end', '>=', scope.term.start)
    // MySQL may begin with every school's rows of all years; where no place narrows it down, it takes the tables in this order.
    .$if(!isSqlite(db) && !scope.places, (q) => q.modifyFront(sql`straight_join`));

interface CountsAsked {
  realm: Realm;
  by: Grouping;
  days: SummaryDays;
  day: Ymd;
}

/** Obligations of the term by group and state on `day`. Groups without any are left out. */
export const countStates = async (db: Db | Trx, programme: Programme, asked: CountsAsked): Promise<Group[]> =>
  (await countAll(db, programme, asked)).filter(hasDuties);

const hasDuties = ({ counts }: Group): boolean => Object.values(counts).some((n) => n > 0);

/** The same with groups that have only what was met in the days before, in an earlier term. */
async function countAll(db: Db | Trx, programme: Programme, asked: CountsAsked): Promise<Group[]> {
  const { realm, by, days, day } = asked;
  const term = { start: days.since, end: days.term.end };
  const scope = { programme, places: placesOfRealm(programme, realm), term };
  const base =
    by === 'requirement'
      ? scoped(db, scope, true).select('o.requirement as group_key')
      : placed(db, scope, by).select('p.place as group_key');
  const rows = await base
    .select((eb) => [
      stateOn(day, days.term).as('state'),
      eb.fn.countAll<number>().as('n'),
      eb.fn.sum<number>(within(days.now)).as('met_now'),
      eb.fn.sum<number>(within(days.before)).as('met_before'),
    ])
    .groupBy([sql.ref('group_key'), sql.ref('state')])
    .execute();
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = by === 'requirement' ? row.group_key : row.group_key.slice(by.length + 1);
    const group = groups.get(key) ?? { key, counts: noStates(), metNow: 0, metBefore: 0 };
    if (row.state !== 'past') {
      group.counts[row.state] += Number(row.n);
      group.metNow += Number(row.met_now);
    }
    group.metBefore += Number(row.met_before);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The schools with most late obligations, as counts. */
export async function mostLate(
  db: Db | Trx,
  programme: Programme,
  asked: { realm: Realm; days: SummaryDays; day: Ymd; limit: number },
): Promise<{ id: string; count: number }[]> {
  const { realm, days, day, limit } = asked;
  const scope = { programme, places: placesOfRealm(programme, realm), term: days.term };
  const rows = await placed(db, scope, 'school')
    .where(lateOn(day))
    .select((eb) => ['p.place', eb.fn.countAll<number>().as('n')])
    .groupBy('p.place')
    .orderBy('n', 'desc')
    .orderBy('p.place')
    .limit(limit)
    .execute();
  return rows.map((r) => ({ id: r.place.slice('school:'.length), count: Number(r.n) }));
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
  const all = await countAll(db, programme, { ...about, by });
  const whole = by === 'requirement' ? all : await countAll(db, programme, { ...about, by: 'requirement' });
  const groups = all.filter(hasDuties);
  // One school is compared with nobody: what is late there is told by requirement.
  const alone = realm.kind === 'school' || realm.kind === 'pairing';
  const late = alone
    ? latest('requirement', whole)
    : by === 'school'
      ? latest('school', groups)
      : (await mostLate(db, programme, { ...about, limit: LATE_SHOWN })).map((l) => ({
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
    ...(span === 'term' && { inspections: await inspectionsIn(db, programme, realm, days.term) }),
  };
}

/** The inspections of a term that look at a school of the realm. */
async function inspectionsIn(db: Db | Trx, programme: StoredProgramme, realm: Realm, term: Range) {
  const { school } = rosterOf(programme);
  const inRealm = (id: string): boolean => {
    if (realm.kind === 'school') return id === realm.id;
    if (realm.kind === 'district') return school.get(id)?.districtId === realm.id;
    return realm.kind === 'programme' || schoolsInspected(programme, { kind: 'pairing', id: realm.id }).includes(id);
  };
  const all = (await inspectionsOf(db, programme.id)).filter(
    (i) => term.start <= i.on && i.on <= term.end && schoolsInspected(programme, i.of).some(inRealm),
  );
  const findings = all.flatMap((i) => i.findings);
  return { all: all.length, findings: findings.length, mended: findings.filter((f) => f.state === 'mended').length };
}

const latest = (kind: Grouping, groups: Group[]): SummaryFigures['late'] =>
  groups
    .map((g) => ({ kind, id: g.key, count: lateOf(g.counts) }))
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
