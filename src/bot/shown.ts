import type { ActivityShown } from '../cards/activity-line.ts';
import type { DutyShown } from '../cards/duty.ts';
import { type Card, recorded } from '../cards/index.ts';
import type { RecordShown } from '../cards/recorded.ts';
import type { TaskShown } from '../cards/tasks.ts';
import { feeds } from '../plan/feeds.ts';
import { rosterOf } from '../plan/roster.ts';
import { standing } from '../plan/standing.ts';
import type { Activity } from '../plan/types.ts';
import { activitiesOfCause, type StoredActivity } from '../store/activities.ts';
import { type Counted, inPlanOrder, obligationsById, obligationsFedBy } from '../store/obligations.ts';
import type { Trx } from '../store/transaction.ts';
import type { Facts } from './facts.ts';

/** An answer this much later than the message says so. */
const LATE_MS = 10 * 60_000;

/** The names behind an activity's ids. `by` is left out where it is the reader. */
export function activityShown(a: Activity, { programme, me }: Pick<Facts, 'programme' | 'me'>): ActivityShown {
  const roster = rosterOf(programme);
  const person = (id: string) => roster.person.get(id)?.name ?? '';
  const school = a.placeId ?? a.toId ?? a.partnerId;
  return {
    kind: a.kind,
    date: a.date,
    dateTo: a.dateTo,
    by: a.byId === me.id ? undefined : person(a.byId),
    participants: a.participantIds.map(person),
    place: school === undefined ? undefined : roster.school.get(school)?.name,
    subject: a.subject,
    grade: a.grade,
    topic: a.topic,
    mode: a.mode,
    lessons: a.lessons,
    times: a.times,
    days: a.days,
    people: a.people,
    pieces: a.pieces,
    pupils: a.pupilIds.map((id) => roster.pupil.get(id)?.name ?? ''),
    allAssigned: a.allAssigned,
    pupilCount: a.pupilCount,
    items: a.items?.map((i) => [i.name, i.qty, i.unit].filter((x) => x !== undefined).join(' ')),
    cashYuan: a.cashYuan,
    valueYuan: a.valueYuan,
  };
}

/** An obligation as its reader sees it. The subject is named only where it is not plain. */
export function dutyShown(
  { obligation: o, done }: Counted,
  facts: Pick<Facts, 'programme' | 'me' | 'today'>,
): DutyShown {
  const now = standing(o, done, facts.today);
  const personal = o.subject.id === facts.me.id;
  const onlyOne = o.subject.kind === 'pairing' && facts.programme.pairings.length === 1;
  return {
    obligation: o.id,
    title: o.requirement.title,
    subject: personal || onlyOne ? undefined : subjectName(o.subject, facts),
    pupil: o.subject.kind === 'care',
    state: now.state,
    done: now.done,
    target: o.target,
    measure: o.requirement.measure,
    // The year is plain to whoever reads it now.
    period: o.period.label.replace(/^\d{4}-\d{4}学年(?=第)/, ''),
    nextCheckpoint: now.nextCheckpoint,
    assumed: o.requirement.assumed,
  };
}

const subjectName = (subject: Counted['obligation']['subject'], { programme }: Pick<Facts, 'programme'>): string => {
  if (subject.kind !== 'care') return subject.name;
  const care = rosterOf(programme).care.get(subject.id);
  return (care && rosterOf(programme).pupil.get(care.pupilId)?.name) ?? subject.name;
};

/** An obligation in 我的任务. */
export function taskShown(counted: Counted, shared: boolean, facts: Facts): TaskShown {
  const { requirement, planId } = counted.obligation;
  return {
    ...dutyShown(counted, facts),
    requirement: `${planId}/${requirement.id}`,
    kind: requirement.activity,
    shared,
  };
}

/** The card that shows records with what they count for now; undefined where there is none. */
export async function recordsCard(trx: Trx, facts: Facts, activities: StoredActivity[]): Promise<Card | undefined> {
  if (activities.length === 0) return undefined;
  const records: RecordShown[] = [];
  for (const activity of activities) records.push(await recordShown(trx, facts, activity));
  const late = facts.now - facts.said > LATE_MS;
  return recorded(
    { records, group: facts.group, ...(late ? { lateAnswer: { date: facts.at.today, time: facts.at.time! } } : {}) },
    facts.t,
  );
}

/** The card of everything that one message recorded. */
export async function causeCard(trx: Trx, facts: Facts, cause: string): Promise<Card | undefined> {
  return recordsCard(trx, facts, await activitiesOfCause(trx, cause));
}

async function recordShown(trx: Trx, facts: Facts, a: StoredActivity): Promise<RecordShown> {
  const { programme } = facts;
  const counts = a.status === 'done';
  const ids = counts
    ? await obligationsFedBy(trx, programme.id, feeds(programme, a), [a.kind], {
        start: a.date,
        end: a.dateTo ?? a.date,
      })
    : [];
  const duties = (await obligationsById(trx, programme, ids)).sort(inPlanOrder(programme));
  return {
    ...activityShown(a, facts),
    activity: a.id,
    v: a.version,
    state: stateOf(a),
    edited: a.version > 1 && counts,
    late: a.late,
    duties: duties.map((c) => dutyShown(c, facts)),
  };
}

const stateOf = (a: Activity): RecordShown['state'] => {
  if (a.status === 'done') return 'recorded';
  if (a.status === 'planned') return 'planned';
  return a.status === 'attempted' ? 'attempted' : 'withdrawn';
};
