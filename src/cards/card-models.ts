import type { Activity, ActivityKind, CareNotes } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import { schoolOf } from '../plan/feeds.ts';
import type { Obligation } from '../plan/obligation.ts';
import { type NameReader, pupilName, wordsShown } from '../plan/pupil-names.ts';
import { rosterOf } from '../plan/roster.ts';
import { standing } from '../plan/standing.ts';
import type { Reading } from '../reading/types.ts';
import type { ActivityShown, ActivityUndated } from './activity-line.ts';
import type { DutyShown } from './duty.ts';

/** An obligation as its reader sees it. Names the subject only if it is not obvious. */
export function dutyShown(
  { obligation: o, done }: { obligation: Obligation; done: number },
  reader: NameReader & { today: Ymd },
): DutyShown {
  const { programme, me, today } = reader;
  const now = standing(o, done, today);
  const personal = o.subject.id === me.id;
  const onlyOne = o.subject.kind === 'pairing' && programme.pairings.length === 1;
  return {
    obligation: o.id,
    title: o.requirement.title,
    subject: personal || onlyOne ? undefined : subjectName(o.subject, reader),
    pupil: o.subject.kind === 'care',
    state: now.state,
    done: now.done,
    target: o.target,
    measure: o.requirement.measure,
    period: o.period,
    nextCheckpoint: now.nextCheckpoint,
    ends: o.period.end,
    assumed: o.requirement.assumed,
    today,
  };
}

/** Finds the pupil of an ended care too; a deleted care yields no name. */
function subjectName(subject: Obligation['subject'], reader: NameReader): string | undefined {
  if (subject.kind !== 'care') return subject.name;
  const found = rosterOf(reader.programme).care.get(subject.id);
  return found && pupilName(found.pupilId, reader);
}

const careShown = (care: CareNotes, words: (text: string) => string): CareNotes =>
  Object.fromEntries(Object.entries(care).map(([note, text]) => [note, words(text)]));

/** The names behind an activity's ids. `by` is absent if it is the reader. */
export function activityShown(a: Activity, reader: NameReader & { today?: Ymd }): ActivityShown {
  const { programme, me } = reader;
  const words = <T extends string | undefined>(text: T) => wordsShown(text, reader, a.byId);
  const pupils = a.pupilIds.flatMap((id) => pupilName(id, reader) ?? []);
  const hidden = a.pupilIds.length - pupils.length;
  const roster = rosterOf(programme);
  const person = (id: string) => roster.personName(id) ?? '';
  const school = a.placeId ?? a.toId ?? a.partnerId;
  // The ledger holds an observed teacher among the participants; a companion is of the observer's own school.
  const observed = (id: string) => a.kind === 'observe' && schoolOf(roster, id) !== schoolOf(roster, a.byId);
  return {
    kind: a.kind,
    date: a.date,
    dateTo: a.dateTo,
    by: a.byId === me.id ? undefined : person(a.byId),
    participants: a.participantIds.filter((id) => !observed(id)).map(person),
    taughtBy: a.participantIds.filter(observed).map(person),
    place: school === undefined ? undefined : roster.schoolName(school),
    subject: words(a.subject),
    grade: words(a.grade),
    topic: words(a.topic ?? (hidden === 0 && !reader.group ? a.note : undefined)),
    ...(a.care && hidden === 0 && !reader.group ? { care: careShown(a.care, words) } : {}),
    mode: a.mode,
    lessons: a.lessons,
    times: a.times,
    days: a.days,
    people: a.people,
    pieces: a.pieces,
    pupils,
    ...(hidden > 0 ? { hiddenPupils: hidden } : {}),
    allAssigned: a.allAssigned,
    pupilCount: a.pupilCount,
    items: a.items?.map((i) => words([i.name, i.qty, i.unit].filter((x) => x !== undefined).join(' '))),
    cashYuan: a.cashYuan,
    valueYuan: a.valueYuan,
    today: reader.today,
  };
}

/** What was understood from a message, for its writer. */
export const readingShown = (r: Reading, today: Ymd): ActivityUndated => ({
  kind: r.kind as ActivityKind,
  date: r.dates?.[0] ?? r.date ?? r.date_from,
  dateTo: r.dates?.at(-1) ?? r.date_to,
  by: r.on_behalf ? r.by : undefined,
  participants: r.participants,
  taughtBy: r.teacher === undefined ? undefined : [r.teacher],
  place: r.place ?? r.to ?? r.partner,
  subject: r.subject,
  grade: r.grade,
  topic: r.topic ?? r.note,
  mode: r.mode,
  lessons: r.lessons,
  times: r.times,
  days: r.days,
  pieces: r.pieces,
  pupils: r.pupils,
  allAssigned: r.all_assigned,
  pupilCount: r.pupil_count,
  items: r.items?.map((i) => [i.name, i.qty, i.unit].filter((x) => x !== undefined).join(' ')),
  cashYuan: r.cash_yuan,
  valueYuan: r.value_yuan,
  today,
});
