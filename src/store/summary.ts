import { sql } from 'kysely';
import { addDays, daysBetween, mondayOf, type Range, type Ymd } from '../plan/dates.ts';
import { addCounts, noStates, perCent, wantedBefore } from '../plan/figures.ts';
import { schoolsInspected } from '../plan/inspection.ts';
import type { State } from '../plan/obligation.ts';
import { rosterOf } from '../plan/roster.ts';
import { DUE_SOON_DAYS } from '../plan/standing.ts';
import {
  type Group,
  type Grouping,
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
import { activitiesOfRealm, lateOn, placesOfRealm, type RealmScope, scoped } from './realm.ts';
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
const placed = (db: Db | Trx, scope: RealmScope, kind: 'school' | 'pairing') =>
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
export const countStates = async (db: Db | Trx, programme: StoredProgramme, asked: CountsAsked): Promise<Group[]> =>
  (await countAll(db, programme, asked)).groups.filter(hasDuties);

const hasDuties = ({ counts }: Group): boolean => Object.values(counts).some((n) => n > 0);

/** Duties that are alike in all that their plan wants of them; `n` are asked for. */
interface Alike {
  range: Range;
  target: number;
  pace: 'even' | 'end';
  n: number;
}

/** The same with groups that have only what was met in the days before, in an earlier term; by requirement with what is alike. */
async function countAll(
  db: Db | Trx,
  programme: StoredProgramme,
  asked: CountsAsked,
): Promise<{ groups: Group[]; alike: Alike[] }> {
  const { realm, by, days, day } = asked;
  const term = { start: days.since, end: days.term.end };
  const scope = { programme, places: placesOfRealm(programme, realm), term };
  const base =
    by === 'pairing'
      ? placed(db, scope, by).select('p.place as group_key')
      : scoped(db, scope, true).select(by === 'requirement' ? 'o.requirement as group_key' : 'o.owner as group_key');
  const rows = await base
    .select((eb) => [
      stateOn(day, days.term).as('state'),
      eb.fn.countAll<number>().as('n'),
      eb.fn.sum<number>(within(days.now)).as('met_now'),
      eb.fn.sum<number>(within(days.before)).as('met_before'),
      eb.fn.sum<number>(CAPPED).as('done'),
      eb.fn.sum<number>('o.target').as('target'),
      eb.fn.sum<number>(SHARE).as('part'),
    ])
    .groupBy([sql.ref('group_key'), sql.ref('state')])
    // A requirement has few periods; every school has all of them, and of a county that would be every duty.
    .$if(by === 'requirement', (q) =>
      q
        .select(['o.range_start', 'o.range_end', 'o.target as each'])
        .groupBy(['o.range_start', 'o.range_end', 'o.target']),
    )
    .execute();
  const alike: Alike[] = [];
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = keyOf(row.group_key ?? '', by);
    const group = groups.get(key) ?? { key, counts: noStates(), done: 0, target: 0, share: 0, metNow: 0, metBefore: 0 };
    groups.set(key, group);
    group.metBefore += Number(row.met_before);
    if (row.state === 'past') continue;
    group.counts[row.state] += Number(row.n);
    group.metNow += Number(row.met_now);
    if (row.state === 'waived') continue;
    group.done += Number(row.done);
    group.target += Number(row.target);
    group.share += Number(row.part);
    if (row.range_start === undefined || row.range_end === undefined) continue;
    const range = { start: row.range_start, end: row.range_end };
    alike.push({ range, target: Number(row.each), pace: paceOf(programme, row.group_key ?? ''), n: Number(row.n) });
  }
  return { groups: [...groups.values()], alike };
}

const wanted = (alike: Alike[], before: Ymd): number =>
  alike.reduce((sum, { range, target, pace, n }) => sum + (wantedBefore(range, target, pace, before) / target) * n, 0);

/** A school's own id; what is owed by no school alone keeps its kind. */
const keyOf = (key: string, by: Grouping): string =>
  by === 'requirement' ? key : key.startsWith(`${by}:`) ? key.slice(by.length + 1) : key;

function paceOf(programme: StoredProgramme, requirement: string): 'even' | 'end' {
  const [planId = '', ...rest] = requirement.split('/');
  const plan = programme.plans.find((use) => use.plan.id === planId)?.plan;
  const found = plan?.requirements.find((r) => r.id === rest.join('/')) ?? programme.retired[requirement];
  return found?.pace ?? 'even';
}

const CAPPED = sql<number>`case when o.done >= o.target then o.target else o.done end`;
const SHARE = sql<number>`case when o.done >= o.target then 1.0 else o.done * 1.0 / o.target end`;

/** How many owners are late with something, and the three that have waited longest, by requirement. */
async function lateIn(
  db: Db | Trx,
  programme: StoredProgramme,
  { realm, days, day }: Omit<CountsAsked, 'by'>,
): Promise<Pick<SummaryFigures, 'lateOwners' | 'worst'>> {
  const scope = { programme, places: placesOfRealm(programme, realm), term: days.term };
  const late = scoped(db, scope, true).where(lateOn(day));
  const owners = await late.select('o.owner').distinct().execute();
  const worst = await late
    .select((eb) => [
      'o.owner',
      'o.requirement',
      eb.fn.countAll<number>().as('n'),
      sql<Ymd>`min(coalesce(o.next_checkpoint, o.range_end))`.as('first_missed'),
    ])
    .groupBy(['o.owner', 'o.requirement'])
    .orderBy('first_missed')
    .orderBy('n', 'desc')
    .orderBy('o.owner')
    .limit(WORST_SHOWN)
    .execute();
  return {
    lateOwners: owners.length,
    worst: worst.map((w) => ({
      owner: w.owner ?? '',
      requirement: w.requirement,
      count: Number(w.n),
      since: w.first_missed,
    })),
  };
}

/** The share of each duty that is done, by the day on which it came to that. */
async function sharePerDay(db: Db | Trx, programme: StoredProgramme, { realm, days }: Omit<CountsAsked, 'by' | 'day'>) {
  const scope = { programme, places: placesOfRealm(programme, realm), term: days.term };
  const rows = await scoped(db, scope, true)
    .where('o.waived', '=', 0)
    .where('o.done', '>', 0)
    .select((eb) => [
      sql<Ymd>`coalesce(o.met_on, o.last_on, o.range_start)`.as('done_on'),
      eb.fn.sum<number>(SHARE).as('part'),
    ])
    .groupBy(sql.ref('done_on'))
    .execute();
  return rows.map((r) => ({ day: r.done_on, share: Number(r.part) }));
}

const WORST_SHOWN = 3;
const NEWS_SHOWN = 5;
/** So far into a new week or month its summary tells of the one before, if nothing has happened yet. */
const EMPTY_DAYS = 3;

/** Everything a summary card tells, as of `today`; undefined where the programme has no term. */
export async function readSummary(
  db: Db | Trx,
  programme: StoredProgramme,
  asked: { realm: Realm; span: Span; by: Grouping; today: Ymd },
): Promise<SummaryFigures | undefined> {
  const { span, today } = asked;
  const days = summaryDays(programme, span, today);
  if (!days) return undefined;
  const figures = await summaryOf(db, programme, asked, days);
  const isEmpty = figures.activities.now === 0 && figures.total.metNow === 0;
  if (span === 'term' || !isEmpty || daysBetween(days.now.start, today) >= EMPTY_DAYS) return figures;
  const earlier = summaryDays(programme, span, today, addDays(days.now.start, -1))!;
  return summaryOf(db, programme, asked, earlier);
}

async function summaryOf(
  db: Db | Trx,
  programme: StoredProgramme,
  { realm, span, by, today }: { realm: Realm; span: Span; by: Grouping; today: Ymd },
  days: SummaryDays,
): Promise<SummaryFigures> {
  const about = { realm, days, day: today };
  const whole = await countAll(db, programme, { ...about, by: 'requirement' });
  const { groups } = by === 'requirement' ? whole : await countAll(db, programme, { ...about, by });
  const total = { ...whole.groups.reduce(add, NOTHING), planned: wanted(whole.alike, today) };
  const whose = activitiesOfRealm(programme, realm);
  const done = async (dates: Range) =>
    [...(await activitiesPerDay(db, programme.id, { dates, ...whose })).values()].reduce((a, b) => a + b, 0);
  return {
    realm,
    span,
    by,
    today,
    days,
    groups: groups.filter(hasDuties),
    total,
    ...(await lateIn(db, programme, about)),
    activities: { now: await done(days.now), before: await done(days.before) },
    curve: curveOf(whole.alike, await sharePerDay(db, programme, about), total, days.term, today),
    news: await activityPage(db, programme.id, { dates: days.now, ...whose }, { page: 1, size: NEWS_SHOWN }),
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

const NOTHING: Omit<Group, 'key'> = { counts: noStates(), done: 0, target: 0, share: 0, metNow: 0, metBefore: 0 };

const add = (a: Omit<Group, 'key'>, b: Group): Omit<Group, 'key'> => ({
  counts: addCounts(a.counts, b.counts),
  done: a.done + b.done,
  target: a.target + b.target,
  share: a.share + b.share,
  metNow: a.metNow + b.metNow,
  metBefore: a.metBefore + b.metBefore,
});

/** By week of the term, how far the plans want it and how far it was; the week of today ends with the figures of today. */
function curveOf(
  alike: Alike[],
  shares: { day: Ymd; share: number }[],
  total: SummaryFigures['total'],
  term: Range,
  today: Ymd,
): SummaryFigures['curve'] {
  const per = (part: number) => perCent(part, total.counts);
  const curve: SummaryFigures['curve'] = [];
  for (let week = mondayOf(term.start); week <= term.end; week = addDays(week, 7)) {
    const after = addDays(week, 7);
    const current = week <= today && (today < after || after > term.end);
    const reached = current ? total.share : shares.filter((s) => s.day < after).reduce((n, s) => n + s.share, 0);
    curve.push({ week, planned: per(wanted(alike, after)), ...(week <= today ? { done: per(reached) } : {}) });
  }
  return curve;
}
