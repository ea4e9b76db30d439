import { activityShown } from '../../cards/card-models.ts';
import type { ToConfirm } from '../../cards/to-confirm.ts';
import type { Activity, ActivityKind, ActivityStatus } from '../../plan/activity.ts';
import { peopleCalled, pupilsCalled, schoolsCalled } from '../../plan/called.ts';
import type { Programme } from '../../plan/programme.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Reading } from '../../reading/types.ts';
import type { Draft } from '../../store/drafts.ts';
import type { Facts } from '../intake/facts.ts';

type Draftable = Omit<Activity, 'id' | 'date'> & { date?: string };

/** Ids for the names of a reading. Of namesakes, the sender's own comes first: from their school, or the pupil they care for. */
function resolver({ programme, me }: Facts) {
  const cared = new Set(
    rosterOf(programme)
      .caresOfMentor.get(me.id)
      ?.map((c) => c.pupilId),
  );
  const nearest = (found: { id: string; schoolId?: string }[]) =>
    (found.find((one) => cared.has(one.id)) ?? found.find((one) => one.schoolId === me.schoolId) ?? found[0])?.id;
  return {
    school: (name = '') => schoolsCalled(programme, name)[0]?.id,
    person: (name = '') => nearest(peopleCalled(programme, name)),
    pupil: (name: string) => nearest(pupilsCalled(programme, name)),
  };
}

function statusOf(reading: Reading, today: string): ActivityStatus {
  if (reading.status === 'planned') return 'planned';
  if (reading.status !== 'not_done') return 'done';
  // Somebody who set out and failed has tried; something postponed beforehand was never tried.
  return reading.date !== undefined && reading.date <= today && reading.date_given !== false
    ? 'attempted'
    : 'cancelled';
}

/** A reading with ids for names and no date yet: the starting point of drafts and forms. */
export function startOf(reading: Reading, facts: Facts): Draftable & { reporterId: string } {
  const { school, person, pupil } = resolver(facts);
  const ids = (names: string[] | undefined, find: (name: string) => string | undefined) => [
    ...new Set((names ?? []).flatMap((name) => find(name) ?? [])),
  ];
  const byId = person(reading.by) ?? facts.me.id;
  const defined = <T extends object>(fields: T): T =>
    Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as T;
  return defined({
    programmeId: facts.programme.id,
    kind: reading.kind as ActivityKind,
    status: statusOf(reading, facts.today),
    date: reading.date ?? reading.date_from,
    dateTo: reading.date_to,
    byId,
    onBehalf: reading.on_behalf,
    reporterId: facts.me.id,
    participantIds: ids(
      [...(reading.participants ?? []), ...(reading.teacher ? [reading.teacher] : [])],
      person,
    ).filter((id) => id !== byId),
    pupilIds: ids(reading.pupils, pupil),
    allAssigned: reading.all_assigned,
    pupilCount: reading.pupil_count,
    placeId: school(reading.place),
    toId: school(reading.to),
    partnerId: school(reading.partner),
    times: reading.times,
    lessons: reading.lessons,
    days: reading.days,
    weeks: reading.weeks,
    pieces: reading.pieces,
    cashYuan: reading.cash_yuan,
    valueYuan: reading.value_yuan,
    items: reading.items,
    mode: reading.mode,
    evaluated: reading.evaluated,
    direction: reading.direction,
    action: reading.action,
    role: reading.role,
    subject: reading.subject,
    grade: reading.grade,
    topic: reading.topic,
    about: reading.about,
    external: reading.external,
    allPartners: reading.all_partners,
    note: reading.note,
    reason: reading.reason,
    late: reading.late,
  });
}

/** The activities of a complete reading: one per date, with its share of the occasions and lessons. */
export function activitiesIn(reading: Reading, facts: Facts): (Activity & { reporterId: string })[] {
  const start = startOf(reading, facts);
  const dates = reading.dates ?? [start.date ?? facts.at.today];
  const share = (all: number, k: number) => Math.floor(all / dates.length) + (k < all % dates.length ? 1 : 0);
  return dates.map((date, k) => ({
    ...start,
    id: facts.newId(),
    date,
    ...(dates.length > 1 ? { times: Math.max(1, share(start.times ?? 1, k)), dateTo: undefined } : {}),
    ...(dates.length > 1 && start.lessons !== undefined ? { lessons: share(start.lessons, k) } : {}),
  }));
}

/** An activity as a reading, with names for ids: how a question about it is stored. */
export function readingOf(a: Activity, programme: Programme): Reading {
  const { school, person, pupil } = rosterOf(programme);
  const named = (ids: string[], list: ReadonlyMap<string, { name: string }>) =>
    ids.flatMap((id) => list.get(id)?.name ?? []);
  const place = (id: string | undefined) => (id === undefined ? undefined : school.get(id)?.name);
  const by = person.get(a.byId);
  const [participants, pupils] = [named(a.participantIds, person), named(a.pupilIds, pupil)];
  const { kind, date, times, lessons, days, weeks, pieces, items, mode, evaluated, role, subject, grade, topic } = a;
  const common = {
    kind,
    date,
    times,
    lessons,
    days,
    weeks,
    pieces,
    items,
    mode,
    evaluated,
    role,
    subject,
    grade,
    topic,
  };
  const fields = {
    ...common,
    status: 'done' as const,
    date_to: a.dateTo,
    by: by && [place(by.schoolId), by.name].filter(Boolean).join('/'),
    on_behalf: a.onBehalf,
    place: place(a.placeId),
    to: place(a.toId),
    partner: place(a.partnerId),
    all_partners: a.allPartners,
    about: a.about,
    external: a.external,
    note: a.note,
    participants: participants.length > 0 ? participants : undefined,
    pupils: pupils.length > 0 ? pupils : undefined,
    all_assigned: a.allAssigned,
    pupil_count: a.pupilCount,
    cash_yuan: a.cashYuan,
    value_yuan: a.valueYuan,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as Reading;
}

/** What drafts would record. Several days of one draft get a line each. */
export const draftsShown = (drafts: Draft[], facts: Facts): ToConfirm[] =>
  drafts.map(({ id, reading }) => ({
    draft: id,
    shown: activitiesIn(reading, facts).map((activity) => activityShown(activity, facts)),
  }));
