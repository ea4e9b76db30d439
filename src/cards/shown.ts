import type { Activity } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import type { Obligation } from '../plan/obligation.ts';
import type { Person } from '../plan/people.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import { standing } from '../plan/standing.ts';
import type { ActivityShown } from './activity-line.ts';
import type { DutyShown } from './duty.ts';

/** An obligation as its reader sees it. The subject is named only where it is not plain. */
export function dutyShown(
  { obligation: o, done }: { obligation: Obligation; done: number },
  { programme, me, today }: { programme: Programme; me: Person; today: Ymd },
): DutyShown {
  const now = standing(o, done, today);
  const personal = o.subject.id === me.id;
  const onlyOne = o.subject.kind === 'pairing' && programme.pairings.length === 1;
  return {
    obligation: o.id,
    title: o.requirement.title,
    subject: personal || onlyOne ? undefined : subjectName(o.subject, programme),
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

const subjectName = (subject: Obligation['subject'], programme: Programme): string => {
  if (subject.kind !== 'care') return subject.name;
  const { care, pupil } = rosterOf(programme);
  const found = care.get(subject.id);
  return (found && pupil.get(found.pupilId)?.name) ?? subject.name;
};

/** The names behind an activity's ids. `by` is left out where it is the reader. */
export function activityShown(a: Activity, { programme, me }: { programme: Programme; me: Person }): ActivityShown {
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
