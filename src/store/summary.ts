import { sql } from 'kysely';
import { curveOf, wantedSoFar } from '../plan/curve.ts';
import { addDays, daysBetween, type Range, type Ymd } from '../plan/dates.ts';
import { addCounts, noStates } from '../plan/figures.ts';
import { schoolsInspected } from '../plan/inspection.ts';
import { rosterOf } from '../plan/roster.ts';
import {
  type Group,
  type Grouping,
  type Realm,
  type Span,
  type SummaryDays,
  type SummaryFigures,
  summaryDays,
} from '../plan/summary.ts';
import { type CountsAsked, countAll, owesAnything, SHARE } from './count-states.ts';
import type { Db } from './db.ts';
import { inspectionsOf } from './inspections.ts';
import { activitiesPerDay, activityPage } from './lists.ts';
import type { StoredProgramme } from './programmes.ts';
import { activitiesOfRealm, lateOn, placesOfRealm, scoped } from './realm.ts';
import type { Trx } from './transaction.ts';

const WORST_SHOWN = 3;

const NEWS_SHOWN = 5;

/** For this many days into a new week or month, an empty summary shows the one before. */
const EMPTY_DAYS = 3;

/** Everything a summary card shows, as of `today`; undefined if the programme has no term. */
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
  const byRequirement = await countAll(db, programme, { ...about, by: 'requirement' });
  const { groups } = by === 'requirement' ? byRequirement : await countAll(db, programme, { ...about, by });
  const total = { ...byRequirement.groups.reduce(add, NOTHING), planned: wantedSoFar(byRequirement.alike, today) };
  const inScope = activitiesOfRealm(programme, realm);
  const done = async (dates: Range) =>
    [...(await activitiesPerDay(db, programme.id, { dates, ...inScope })).values()].reduce((a, b) => a + b, 0);
  return {
    realm,
    span,
    by,
    today,
    days,
    groups: groups.filter(owesAnything),
    total,
    ...(await lateIn(db, programme, about)),
    activities: { now: await done(days.now), before: await done(days.before) },
    curve: curveOf(byRequirement.alike, await sharePerDay(db, programme, about), total, days.term, today),
    news: await activityPage(db, programme.id, { dates: days.now, ...inScope }, { page: 1, size: NEWS_SHOWN }),
    ...(span === 'term' && { inspections: await inspectionsIn(db, programme, realm, days.term) }),
  };
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

/** How many owners are late, and the three that have waited longest, by requirement. */
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

/** The share of each duty that is done, by the day on which it reached that share. */
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

/** The inspections of a term that cover a school of the realm. */
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
