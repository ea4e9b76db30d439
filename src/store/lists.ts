import type { ExpressionBuilder } from 'kysely';
import type { ActivityKind } from '../plan/activity.ts';
import type { Range, Ymd } from '../plan/dates.ts';
import type { Programme } from '../plan/programme.ts';
import type { Realm } from '../plan/summary.ts';
import { activityColumns, activityFrom, type StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { type Counted, obligationOf } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import { lateOn, placesOfRealm, scoped } from './realm.ts';
import type { Tables } from './schema.ts';
import type { Trx } from './transaction.ts';

/** Which obligations a list is narrowed to. */
export interface Narrowing {
  realm: Realm;
  term: Range;
  day: Ymd;
  /** `plan/requirement`. */
  requirement?: string;
  late?: boolean;
  /** Only those of this owner (`ownerOf`). */
  owner?: string;
  /** Only what is neither met nor waived. */
  unmet?: boolean;
  /** Only requirements of this kind of activity. */
  kind?: ActivityKind;
  /** Only those that this person bears. */
  bearerId?: string;
  subjectIds?: string[];
}

function narrowed(db: Db | Trx, programme: Programme, by: Narrowing) {
  let query = scoped(db, { programme, places: placesOfRealm(programme, by.realm), term: by.term });
  if (by.requirement !== undefined) query = query.where('o.requirement', '=', by.requirement);
  if (by.owner !== undefined) query = query.where('o.owner', '=', by.owner);
  if (by.kind !== undefined) query = query.where('o.activity_kind', '=', by.kind);
  if (by.unmet) query = query.where('o.waived', '=', 0).whereRef('o.done', '<', 'o.target');
  if (by.late) query = query.where(lateOn(by.day));
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
}

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

/** Who bears the late obligations of a narrowing, by id. */
export async function lateBearers(db: Db | Trx, programme: Programme, by: Narrowing): Promise<string[]> {
  const late = narrowed(db, programme, { ...by, late: true }).select('o.id');
  const rows = await db
    .selectFrom('obligation_bearer')
    .select('person_id')
    .distinct()
    .where('programme_id', '=', programme.id)
    .where('obligation_id', 'in', late)
    .orderBy('person_id')
    .execute();
  return rows.map((r) => r.person_id);
}

/** What narrows a list of activities: done, dated in `dates`, by these people (undefined: by all) or fed to these keys. */
export interface ActivityNarrowing {
  dates: Range;
  byIds?: string[];
  fedTo?: string[];
  kinds?: string[];
}

export const happened = (programmeId: string, by: ActivityNarrowing) => (eb: ExpressionBuilder<Tables, 'activity'>) =>
  eb.and([
    eb('programme_id', '=', programmeId),
    eb('date', '>=', by.dates.start),
    eb('date', '<=', by.dates.end),
    eb('status', '=', 'done'),
    ...(by.byIds ? [eb.or([...ofPeople(eb, by.byIds), ...feedingKeys(eb, programmeId, by)])] : []),
    ...(by.kinds ? [eb('kind', 'in', by.kinds)] : []),
  ]);

type OfActivity = ExpressionBuilder<Tables, 'activity'>;

const ofPeople = (eb: OfActivity, ids: string[]) => [ids.length > 0 ? eb('by_id', 'in', ids) : eb.lit(false)];

const feedingKeys = (eb: OfActivity, programmeId: string, { fedTo, dates }: ActivityNarrowing) =>
  fedTo
    ? [
        eb('id', 'in', (q) =>
          q
            .selectFrom('feed')
            .select('activity_id')
            .where('feed.programme_id', '=', programmeId)
            .where('feed_key', 'in', fedTo)
            .where('feed.date', '>=', dates.start)
            .where('feed.date', '<=', dates.end),
        ),
      ]
    : [];

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
    .select(activityColumns)
    .where(happened(programmeId, by))
    .orderBy('date', 'desc')
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return rows.map(activityFrom);
}
