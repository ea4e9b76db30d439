import { sql } from 'kysely';
import type { Alike } from '../plan/curve.ts';
import { addDays, type Range, type Ymd } from '../plan/dates.ts';
import { noStates } from '../plan/figures.ts';
import type { State } from '../plan/obligation.ts';
import { DUE_SOON_DAYS } from '../plan/standing.ts';
import type { Group, Grouping, Realm, SummaryDays } from '../plan/summary.ts';
import type { Db } from './db.ts';
import type { StoredProgramme } from './programmes.ts';
import { placesOfRealm, type RealmScope, scoped } from './realm.ts';
import { isSqlite, type Trx } from './transaction.ts';

/**
 * `standingOn` of plan/standing.ts in SQL; test/store/summary.test.ts compares the two. `past`: ended before the term, so only
 * duties met in the days before matter.
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
 * The obligations of a term with the places they concern. A place row is found by the term's end and the obligation together, so both
 * tables are read only around the term, wherever the ids of older terms lie.
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
    // SQLite does not infer this from the join.
    .where('p.range_end', '>=', scope.term.start)
    // MySQL may begin with every school's rows of all years; unless a place narrows it down, this fixes the order of the tables.
    .$if(!isSqlite(db) && !scope.places, (q) => q.modifyFront(sql`straight_join`));

export interface CountsAsked {
  realm: Realm;
  by: Grouping;
  days: SummaryDays;
  day: Ymd;
}

/** Obligations of the term by group and state on `day`. Empty groups are left out. */
export const countStates = async (db: Db | Trx, programme: StoredProgramme, asked: CountsAsked): Promise<Group[]> =>
  (await countAll(db, programme, asked)).groups.filter(owesAnything);

export const owesAnything = ({ counts }: Group): boolean => Object.values(counts).some((n) => n > 0);

/** The same, with groups whose only duties were met in the days before, in an earlier term; by requirement, similar ones together. */
export async function countAll(
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
    // A requirement has few periods; every school has all of them, and for a county that would be every duty.
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

/** A school's own id; the key of any other place stays as it is. */
const keyOf = (key: string, by: Grouping): string =>
  by === 'requirement' ? key : key.startsWith(`${by}:`) ? key.slice(by.length + 1) : key;

function paceOf(programme: StoredProgramme, requirement: string): 'even' | 'end' {
  const [planId = '', ...rest] = requirement.split('/');
  const plan = programme.plans.find((use) => use.plan.id === planId)?.plan;
  const found = plan?.requirements.find((r) => r.id === rest.join('/')) ?? programme.retired[requirement];
  return found?.pace ?? 'even';
}

const CAPPED = sql<number>`case when o.done >= o.target then o.target else o.done end`;

export const SHARE = sql<number>`case when o.done >= o.target then 1.0 else o.done * 1.0 / o.target end`;
