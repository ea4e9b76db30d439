import type { Range, Ymd } from '../plan/dates.ts';
import type { Obligation } from '../plan/obligation.ts';
import { ownerOf, placesOf } from '../plan/places.ts';
import type { Programme } from '../plan/programme.ts';
import { nextCheckpoint } from '../plan/standing.ts';
import type { Db } from './db.ts';
import { excusesOfSentence, type LabelledPeriod, periodOfLabel } from './first-edition.ts';
import { requirementKey, type StoredProgramme } from './programmes.ts';
import { inChunks, type Trx } from './transaction.ts';

/** An obligation with the count that the store keeps for it. */
export interface Counted {
  obligation: Obligation;
  done: number;
}

export type ObligationRow = { id: string; done: number; body: string };

/** The requirement stays in the programme: a county has a hundred thousand obligations and a dozen requirements. */
type Body = Omit<Obligation, 'programmeId' | 'programme' | 'requirement' | 'id' | 'period' | 'waived'> & {
  period: Obligation['period'] | (Range & LabelledPeriod);
  waived?: Obligation['waived'] | { reason: string };
  requirementId: string;
  /** Stored with the rest so that a move to another school changes the row. */
  places: string[];
};

/** The obligation and count of a stored row. */
export function obligationOf(row: ObligationRow, programme: StoredProgramme): Counted {
  const { requirementId, places, ...body } = JSON.parse(row.body) as Body;
  const { period, waived, ...rest } = body;
  const plan = programme.plans.find((use) => use.plan.id === body.planId)?.plan;
  const requirement =
    plan?.requirements.find((r) => r.id === requirementId) ??
    programme.retired[requirementKey(body.planId, requirementId)]!;
  const obligation: Obligation = {
    // Columns below override these values; the keys keep their stored order.
    ...(body as typeof rest),
    period: 'label' in period ? { start: period.start, end: period.end, ...periodOfLabel(period) } : period,
    ...(waived && { waived: 'reason' in waived ? { by: excusesOfSentence(waived.reason) } : waived }),
    id: row.id,
    programmeId: programme.id,
    programme: programme.name,
    requirement,
  };
  return { obligation, done: Number(row.done) };
}

/** What is stored of an obligation besides its columns; equal texts are equal obligations. */
export const bodyOf = (o: Obligation, among: Programme): string => bodyAt(o, placesOf(among, o));

function bodyAt(o: Obligation, places: string[]): string {
  const { id, programmeId, programme, requirement, ...rest } = o;
  return JSON.stringify({ ...rest, requirementId: requirement.id, places } satisfies Body);
}

/** Adds obligations with their feed keys, bearers and places; the ids must be free. `kept` says what is known of each. */
export async function insertObligations(
  trx: Trx,
  programme: Programme,
  list: Obligation[],
  kept: (id: string) => { done: number; since: Ymd | null },
): Promise<void> {
  for (const part of inChunks(list)) {
    const placed = part.map((o) => ({ o, places: placesOf(programme, o) }));
    await trx
      .insertInto('obligation')
      .values(
        placed.map(({ o, places }) => ({
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
          next_checkpoint: checkpointFor(o, kept(o.id).done),
          met_on: null,
          last_on: null,
          owner: ownerOf(programme, o),
          body: bodyAt(o, places),
        })),
      )
      .execute();
    // In parts: a county's hundred thousand duties have half a million such rows.
    for (const [table, rows] of Object.entries<object[]>(keyRows(placed)))
      for (const few of inChunks(rows))
        await trx
          .insertInto(table as 'obligation_feed')
          .values(few as never)
          .execute();
  }
}

type Placed = { o: Obligation; places: string[] };

/** The rows that find an obligation: its feed keys, its bearers and its places. */
function keyRows(placed: Placed[]) {
  const pairs = <T>(keysOf: (placed: Placed) => string[], row: (key: string, o: Obligation) => T) =>
    placed.flatMap((one) => {
      const { programmeId: programme_id, id: obligation_id } = one.o;
      return [...new Set(keysOf(one))].map((key) => ({ programme_id, obligation_id, ...row(key, one.o) }));
    });
  return {
    obligation_feed: pairs(
      ({ o }) => o.feedKeys,
      (feed_key) => ({ feed_key }),
    ),
    obligation_bearer: pairs(
      ({ o }) => o.bearerIds,
      (person_id) => ({ person_id }),
    ),
    obligation_place: pairs(
      ({ places }) => places,
      (place, o) => ({ place, range_end: o.period.end }),
    ),
  };
}

/** The date that, with the count, lets the database tell an obligation's state on any day as `standingOn` does. */
export const checkpointFor = (o: Obligation, done: number): Ymd =>
  done >= o.target ? o.period.end : nextCheckpoint(o, done).checkpoint;

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

/** Obligations that a person bears, or whose count the person's reports can raise, with ranges that meet `range`. */
export async function obligationsOfPerson(
  db: Db | Trx,
  programme: StoredProgramme,
  person: { id: string; feedKeys: string[] },
  range: Range,
): Promise<Counted[]> {
  // A union in a join: with two subqueries under an `or`, MariaDB reads every duty of the programme. Without `all` SQLite wants the rows
  // in order, and reads every feed for that.
  const ofPerson = db
    .selectFrom('obligation_bearer')
    .select('obligation_id')
    .where('programme_id', '=', programme.id)
    .where('person_id', '=', person.id)
    .unionAll(
      db
        .selectFrom('obligation_feed')
        .select('obligation_id')
        .where('programme_id', '=', programme.id)
        .where('feed_key', 'in', [...person.feedKeys, '']),
    )
    .as('own');
  const rows = await db
    .selectFrom(ofPerson)
    // SQLite reads the tables of a cross join in this order; otherwise it would read a term's duties.
    .crossJoin('obligation')
    .whereRef('obligation.id', '=', 'own.obligation_id')
    .select(['obligation.id', 'obligation.done', 'obligation.body'])
    .where('obligation.programme_id', '=', programme.id)
    .where('obligation.range_start', '<=', range.end)
    .where('obligation.range_end', '>=', range.start)
    .execute();
  const once = new Map(rows.map((row) => [row.id, row]));
  return [...once.values()].map((r) => obligationOf(r, programme)).sort(inPlanOrder(programme));
}

/** The order people know: plan, requirement, period, subject. */
export function inPlanOrder(programme: StoredProgramme) {
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
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
