import { credit } from '../plan/credit.ts';
import { addDays } from '../plan/dates.ts';
import { kindsOf } from '../plan/feeds.ts';
import { placesOf } from '../plan/places.ts';
import { checkpointAt } from '../plan/standing.ts';
import type { Activity, ActivityKind, Obligation, Programme, Range, Ymd } from '../plan/types.ts';
import { activitiesCounted } from './activities.ts';
import type { Db } from './db.ts';
import { requirementKey, type StoredProgramme } from './programmes.ts';
import { arriving, inChunks, type Trx } from './transaction.ts';

/** An obligation with the count that the store keeps for it. */
export interface Counted {
  obligation: Obligation;
  done: number;
}

export type ObligationRow = { id: string; done: number; body: string };

/** The requirement stays in the programme: a county has a hundred thousand obligations and a dozen requirements. */
type Body = Omit<Obligation, 'programmeId' | 'programme' | 'requirement' | 'id'> & {
  requirementId: string;
  /** Kept with the rest so that somebody's move to another school changes the row. */
  places: string[];
};

/** A stored row as the obligation it is, with its count. */
export const obligationOf = (row: ObligationRow, programme: StoredProgramme): Counted => {
  const { requirementId, places, ...body } = JSON.parse(row.body) as Body;
  const plan = programme.plans.find((use) => use.plan.id === body.planId)?.plan;
  const requirement =
    plan?.requirements.find((r) => r.id === requirementId) ??
    programme.retired[requirementKey(body.planId, requirementId)]!;
  const obligation = { ...body, id: row.id, programmeId: programme.id, programme: programme.name, requirement };
  return { obligation, done: Number(row.done) };
};

/** What is stored of an obligation besides its columns; equal texts are equal obligations. */
export const bodyOf = (o: Obligation, among: Programme): string => {
  const { id, programmeId, programme, requirement, ...rest } = o;
  return JSON.stringify({ ...rest, requirementId: requirement.id, places: placesOf(among, o) } satisfies Body);
};

/** Adds obligations with their feed keys, bearers and places; nothing exists under their ids. `kept` says what is known of each. */
export async function insertObligations(
  trx: Trx,
  programme: Programme,
  list: Obligation[],
  kept: (id: string) => { done: number; since: Ymd | null },
): Promise<void> {
  for (const part of inChunks(list)) {
    await trx
      .insertInto('obligation')
      .values(
        part.map((o) => ({
          programme_id: o.programmeId,
          id: o.id,
          requirement: requirementKey(o.planId, o.requirement.id),
          activity_kind: o.requirement.activity,
          subject_kind: o.subject.kind,
          subject_id: o.subject.id,
          range_start: o.period.start,
          range_end: o.period.end,
          target: o.target,
          ...kept(o.id),
          waived: o.waived ? 1 : 0,
          recount_on: null,
          next_checkpoint: nextCheckpoint(o, kept(o.id).done),
          met_on: null,
          body: bodyOf(o, programme),
        })),
      )
      .execute();
    // A part at a time: of a county's hundred thousand duties there are half a million such rows.
    for (const [table, rows] of Object.entries<object[]>(keyRows(programme, part)))
      for (const few of inChunks(rows))
        await trx
          .insertInto(table as 'obligation_feed')
          .values(few as never)
          .execute();
  }
}

/** The rows by which obligations are found: what feeds them, who bears them, which places they concern. */
function keyRows(programme: Programme, list: Obligation[]) {
  const pairs = <T>(keysOf: (o: Obligation) => string[], row: (key: string, o: Obligation) => T) =>
    list.flatMap((o) =>
      [...new Set(keysOf(o))].map((key) => ({ programme_id: o.programmeId, obligation_id: o.id, ...row(key, o) })),
    );
  return {
    obligation_feed: pairs(
      (o) => o.feedKeys,
      (feed_key) => ({ feed_key }),
    ),
    obligation_bearer: pairs(
      (o) => o.bearerIds,
      (person_id) => ({ person_id }),
    ),
    obligation_place: pairs(
      (o) => placesOf(programme, o),
      (place, o) => ({ place, range_end: o.period.end }),
    ),
  };
}

/** With this date beside the count, the database can tell an obligation's state on any day as `judge` does. */
const nextCheckpoint = (o: Obligation, done: number): Ymd =>
  done >= o.target ? o.period.end : checkpointAt(o.period, o.target, o.pace, Math.floor(done) + 1);

/** The date of the activity with which the target was reached. */
function metOn(o: Obligation, activities: Activity[], programme: Programme, today: Ymd): Ymd {
  const dates = [...new Set(activities.map((a) => a.dateTo ?? a.date))].filter((d) => d <= today).sort();
  let [low, high] = [0, dates.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (credit(o, activities, programme, dates[middle]).done >= o.target) high = middle;
    else low = middle + 1;
  }
  return dates[low] ?? today;
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
    .selectFrom('obligation')
    .innerJoin('obligation_feed', (join) =>
      join
        .on('obligation.programme_id', '=', arriving('obligation_feed.programme_id'))
        .onRef('obligation_feed.obligation_id', '=', 'obligation.id'),
    )
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

/** Keys of the requirements that one of these kinds may count for; a requirement may say 「支教或送教」. */
const requirementsFor = (programme: StoredProgramme, kinds: ActivityKind[]): string[] => {
  const living = programme.plans.flatMap((use) =>
    use.plan.requirements.map((r) => [requirementKey(use.plan.id, r.id), r] as const),
  );
  return [...living, ...Object.entries(programme.retired)]
    .filter(([, r]) => kindsOf(r).some((kind) => kinds.includes(kind)))
    .map(([key]) => key);
};

/**
 * Reads obligations and locks them in id order, so that two reports wait for each other rather than count past or block one
 * another.
 */
export async function lockObligations(trx: Trx, programmeId: string, ids: string[]): Promise<ObligationRow[]> {
  const rows: ObligationRow[] = [];
  for (const part of inChunks(ids.toSorted())) {
    const locked = await trx
      .selectFrom('obligation')
      .select(['id', 'done', 'body'])
      .where('programme_id', '=', programmeId)
      .where('id', 'in', part)
      .orderBy('id')
      .forUpdate()
      .execute();
    rows.push(...locked);
  }
  return rows;
}

/** Counts obligations anew from their activities as of `today` and stores the result. Takes their locks. */
export async function recount(trx: Trx, programme: StoredProgramme, ids: string[], today: Ymd): Promise<Counted[]> {
  const result: Counted[] = [];
  // A programme's whole count does not fit in memory at once.
  for (const part of inChunks(ids.toSorted()))
    result.push(...(await recountLocked(trx, programme, await lockObligations(trx, programme.id, part), today)));
  return result;
}

/** The same for obligations that the caller has locked. */
export async function recountLocked(
  trx: Trx,
  programme: StoredProgramme,
  locked: ObligationRow[],
  today: Ymd,
): Promise<Counted[]> {
  const result: Counted[] = [];
  for (const rows of inChunks(locked)) {
    const counted = rows.map((row) => obligationOf(row, programme));
    const grouped = await activitiesFor(
      trx,
      programme,
      counted.map((c) => c.obligation),
    );
    for (const { obligation, done: before } of counted) {
      const activities = grouped(obligation);
      const done = credit(obligation, activities, programme, today).done;
      const recountOn = nextEntryAfter(activities, today, obligation.period.end);
      result.push({ obligation, done });
      const met = done >= obligation.target;
      if (done !== before || recountOn !== null || met)
        await trx
          .updateTable('obligation')
          .set({
            done,
            recount_on: recountOn,
            next_checkpoint: nextCheckpoint(obligation, done),
            met_on: met ? metOn(obligation, activities, programme, today) : null,
          })
          .where('programme_id', '=', programme.id)
          .where('id', '=', obligation.id)
          .execute();
    }
  }
  return result;
}

const nextEntryAfter = (activities: Activity[], today: Ymd, end: Ymd): Ymd | null =>
  activities
    .filter((a) => a.status === 'done' && (a.dateTo ?? a.date) > today && a.date <= end)
    .map((a) => (a.date > today ? a.date : addDays(today, 1)))
    .sort()[0] ?? null;

/** A stay may have begun this long before the period it still counts in. */
const LONGEST_STAY_DAYS = 366;

/** Reads the activities of many obligations at once, within their dates; returns a look-up. */
async function activitiesFor(
  db: Db | Trx,
  programme: Programme,
  obligations: Obligation[],
): Promise<(o: Obligation) => Activity[]> {
  const [first] = obligations;
  if (!first) return () => [];
  const dates = { start: first.period.start, end: first.period.end };
  for (const { period } of obligations) {
    if (period.start < dates.start) dates.start = period.start;
    if (period.end > dates.end) dates.end = period.end;
  }
  const keys = [...new Set(obligations.flatMap((o) => o.feedKeys))];
  const kinds = [...new Set(obligations.flatMap((o) => kindsOf(o.requirement)))];
  const reach = { start: addDays(dates.start, -LONGEST_STAY_DAYS), end: dates.end };
  const byKey = new Map<string, Activity[]>();
  for (const { activity, feedKeys } of await activitiesCounted(db, programme.id, keys, kinds, reach)) {
    for (const feedKey of feedKeys) {
      const key = `${activity.kind} ${feedKey}`;
      const list = byKey.get(key);
      if (list) list.push(activity);
      else byKey.set(key, [activity]);
    }
  }
  return (o) => {
    const keysOf = kindsOf(o.requirement).flatMap((kind) => o.feedKeys.map((key) => `${kind} ${key}`));
    return [...new Set(keysOf.flatMap((key) => byKey.get(key) ?? []))];
  };
}

/** Stored obligations by id, in id order. */
export async function obligationsById(db: Db | Trx, programme: StoredProgramme, ids: string[]): Promise<Counted[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('obligation')
    .select(['id', 'done', 'body'])
    .where('programme_id', '=', programme.id)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
  return rows.map((r) => obligationOf(r, programme));
}

/** Obligations that a person bears or whose count the person's reports can raise, where their range meets `range`. */
export async function obligationsOfPerson(
  db: Db | Trx,
  programme: StoredProgramme,
  person: { id: string; feedKeys: string[] },
  range: Range,
): Promise<Counted[]> {
  // Joined to a union: with two subqueries under an `or`, MariaDB looks through every duty of the programme.
  const own = db
    .selectFrom('obligation_bearer')
    .select('obligation_id')
    .where('programme_id', '=', programme.id)
    .where('person_id', '=', person.id)
    .union(
      db
        .selectFrom('obligation_feed')
        .select('obligation_id')
        .where('programme_id', '=', programme.id)
        .where('feed_key', 'in', [...person.feedKeys, '']),
    )
    .as('own');
  const rows = await db
    .selectFrom(own)
    .innerJoin('obligation', 'obligation.id', 'own.obligation_id')
    .select(['obligation.id', 'obligation.done', 'obligation.body'])
    .where('obligation.programme_id', '=', programme.id)
    .where('obligation.range_start', '<=', range.end)
    .where('obligation.range_end', '>=', range.start)
    .execute();
  return rows.map((r) => obligationOf(r, programme)).sort(inPlanOrder(programme));
}

/** All stored obligations whose range meets `range`, recounted as of `day`, in pages and in the order of ids. */
export async function* obligationsOn(
  db: Db | Trx,
  programme: StoredProgramme,
  range: Range,
  day: Ymd,
  page = 500,
): AsyncGenerator<Counted[]> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('obligation')
      .select(['id', 'done', 'body'])
      .where('programme_id', '=', programme.id)
      .where('range_start', '<=', range.end)
      .where('range_end', '>=', range.start)
      .where('id', '>', after)
      .orderBy('id')
      .limit(page)
      .execute();
    const counted = rows.map((r) => obligationOf(r, programme));
    const activities = await activitiesFor(
      db,
      programme,
      counted.map((c) => c.obligation),
    );
    if (counted.length > 0)
      yield counted.map(({ obligation }) => ({
        obligation,
        done: credit(obligation, activities(obligation), programme, day).done,
      }));
    if (rows.length < page) return;
    after = rows.at(-1)!.id;
  }
}

/** The activities that may count for one obligation, for explaining its figure. */
export async function activitiesOfObligation(db: Db | Trx, programme: Programme, o: Obligation): Promise<Activity[]> {
  return (await activitiesFor(db, programme, [o]))(o);
}

/** Ids of obligations whose count changes on or before `today` by date alone. */
export async function dueRecounts(trx: Trx, programmeId: string, today: Ymd): Promise<string[]> {
  const rows = await trx
    .selectFrom('obligation')
    .select('id')
    .where('programme_id', '=', programmeId)
    .where('recount_on', '<=', today)
    .orderBy('id')
    .execute();
  return rows.map((r) => r.id);
}

/** The order people know: plan, requirement, then period, then subject. */
export const inPlanOrder = (programme: StoredProgramme) => {
  const rank = new Map(
    programme.plans
      .flatMap((use) => use.plan.requirements.map((r) => requirementKey(use.plan.id, r.id)))
      .map((key, i) => [key, i]),
  );
  const of = (c: Counted) => rank.get(requirementKey(c.obligation.planId, c.obligation.requirement.id)) ?? 1e9;
  return (a: Counted, b: Counted) =>
    of(a) - of(b) ||
    compare(a.obligation.period.start, b.obligation.period.start) ||
    compare(a.obligation.subject.name, b.obligation.subject.name);
};

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
