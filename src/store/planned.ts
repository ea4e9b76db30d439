import { addDays, type Ymd } from '../plan/dates.ts';
import {
  isDoneInstead,
  type PlanNow,
  type PlannedActivity,
  plannedUntil,
  type ReminderPart,
  STILL_ASKED_DAYS,
  standingOf,
} from '../plan/notices/index.ts';
import { LONGEST_STAY_DAYS } from '../plan/secondment-days.ts';
import { activityColumns, activityFrom, type StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { activitiesFeeding } from './feeds.ts';
import { inChunks, type Trx } from './transaction.ts';

/** People plan at most a 「下个月」 ahead; only a secondment may last longer. */
const SPAN_DAYS = 31;

/** Plans whose days have passed, at most a fortnight ago, and that are not known to have been carried out. */
export async function plansBefore(db: Db | Trx, programmeId: string, day: Ymd): Promise<PlannedActivity[]> {
  const since = (days: number) => addDays(day, -STILL_ASKED_DAYS - days);
  const planned = db
    .selectFrom('activity')
    .select(activityColumns)
    .where('programme_id', '=', programmeId)
    .where('status', '=', 'planned')
    .where('date', '<', day);
  const rows = [
    ...(await planned.where('date', '>=', since(SPAN_DAYS)).where('kind', '!=', 'secondment').execute()),
    ...(await planned.where('date', '>=', since(LONGEST_STAY_DAYS)).where('kind', '=', 'secondment').execute()),
  ];
  const past = rows.map(activityFrom).filter((a) => plannedUntil(a) >= since(0) && plannedUntil(a) < day);
  return (await standing(db, programmeId, past))
    .filter((plan) => !plan.doneInstead)
    .map(({ activity: a }) => ({
      activityId: a.id,
      personId: a.reporterId,
      activity: a.kind,
      date: a.date,
      until: plannedUntil(a),
    }));
}

/** Plans by activity, as they stand now. */
export async function plansById(
  db: Db | Trx,
  programmeId: string,
  ids: string[],
): Promise<Map<string, PlanNow & { activity: StoredActivity }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('activity')
    .select(activityColumns)
    .where('programme_id', '=', programmeId)
    .where('id', 'in', ids)
    .execute();
  return new Map((await standing(db, programmeId, rows.map(activityFrom))).map((plan) => [plan.activity.id, plan]));
}

/** Plans that a person was asked about since a day and has not answered, with the card that asked. */
export async function plansAsked(
  db: Db | Trx,
  programmeId: string,
  personId: string,
  since: Ymd,
): Promise<{ notice: string; plan: StoredActivity }[]> {
  const rows = await db
    .selectFrom('reminder')
    .innerJoin('notice', 'notice.id', 'reminder.notice_id')
    .select(['reminder.notice_id', 'reminder.body'])
    .where('reminder.programme_id', '=', programmeId)
    .where('reminder.person_id', '=', personId)
    .where('reminder.day', '>=', since)
    .where('reminder.kind', '=', 'planned-activity')
    .where('notice.state', 'in', ['sent', 'read'])
    .execute();
  const questions = rows.map((r) => ({ notice: r.notice_id, part: JSON.parse(r.body) as Part }));
  const plans = await plansById(
    db,
    programmeId,
    questions.map(({ part }) => part.activityId),
  );
  return questions.flatMap(({ notice, part }) => {
    const plan = plans.get(part.activityId);
    return plan && standingOf(plan, part) === 'open' ? [{ notice, plan: plan.activity }] : [];
  });
}

type Part = Extract<ReminderPart, { kind: 'planned-activity' }>;

/** Looks for records of those days that describe the same activity. */
async function standing(
  db: Db | Trx,
  programmeId: string,
  activities: StoredActivity[],
): Promise<(PlanNow & { activity: StoredActivity })[]> {
  const plans = activities.filter((a) => a.status === 'planned');
  const dates = plans.flatMap((a) => [a.date, plannedUntil(a)]).sort();
  const range = { start: dates[0] ?? '', end: dates.at(-1) ?? '' };
  const kinds = [...new Set(plans.map((a) => a.kind))];
  const done = new Map<string, StoredActivity[]>();
  for (const keys of inChunks([...new Set(plans.map((a) => `person:${a.byId}`))]))
    for (const { activity, feedKeys } of await activitiesFeeding(db, programmeId, keys, kinds, range))
      for (const key of feedKeys) done.set(key, [...(done.get(key) ?? []), activity]);
  return activities.map((activity) => ({
    activity,
    doneInstead:
      activity.status === 'planned' &&
      (done.get(`person:${activity.byId}`) ?? []).some((other) => isDoneInstead(activity, other)),
  }));
}
