import { ACTIVITY_KINDS } from '../plan/activity.ts';
import type { Range, Ymd } from '../plan/dates.ts';
import { rosterOf } from '../plan/roster.ts';
import type { Service } from '../plan/service.ts';
import { servicesOf } from '../plan/service.ts';
import type { StoredActivity } from '../store/activities.ts';
import { attendanceOf } from '../store/check-ins.ts';
import type { Db } from '../store/db.ts';
import { activitiesFeeding } from '../store/feeds.ts';
import { obligationPage } from '../store/lists.ts';
import type { Counted } from '../store/obligations.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { activitiesOfPupil } from '../store/pupil-activities.ts';

export type ArchiveOf = { kind: 'pairing' | 'pupil' | 'person'; id: string };

const MOST_DUTIES = 5_000;

/** The duties of a pairing, a person or a pupil's carers in a year. */
export async function dutiesOf(
  db: Db,
  programme: StoredProgramme,
  { of, today }: { of: ArchiveOf; today: Ymd },
  year: Range,
): Promise<Counted[]> {
  const page = { page: 1, size: MOST_DUTIES };
  const when = { term: year, day: today };
  if (of.kind === 'pairing')
    return (await obligationPage(db, programme, { realm: { kind: 'pairing', id: of.id }, ...when }, page)).rows;
  const realm = { kind: 'programme' } as const;
  if (of.kind === 'person')
    return (await obligationPage(db, programme, { realm, bearerId: of.id, ...when }, page)).rows;
  const subjectIds = (rosterOf(programme).caresOfPupil.get(of.id) ?? []).map((c) => c.id);
  return (await obligationPage(db, programme, { realm, subjectIds, ...when }, page)).rows;
}

/** All activities about it except withdrawn ones, the earliest first. */
export async function activitiesOf(db: Db, programme: StoredProgramme, of: ArchiveOf): Promise<StoredActivity[]> {
  const found =
    of.kind === 'pupil'
      ? await activitiesOfPupil(db, programme, of.id)
      : await feeding(
          of.kind === 'person' ? [`person:${of.id}`] : [`pairing:${of.id}:supporter`, `pairing:${of.id}:recipient`],
        );
  return found.filter((x) => x.status !== 'withdrawn').toSorted((x, y) => (x.date + x.id < y.date + y.id ? -1 : 1));

  async function feeding(keys: string[]): Promise<StoredActivity[]> {
    const always = { start: '0000-01-01', end: '9999-12-31' };
    const feeding = await activitiesFeeding(db, programme.id, keys, [...ACTIVITY_KINDS], always);
    return feeding.map(({ activity }) => activity);
  }
}

/** A person's secondments, one for each host school. */
export async function servicesIn(
  db: Db,
  programme: StoredProgramme,
  { of, today }: { of: ArchiveOf; today: Ymd },
  activities: StoredActivity[],
): Promise<Service[]> {
  if (of.kind !== 'person' || !activities.some((x) => x.kind === 'secondment')) return [];
  return servicesOf(programme, of.id, activities, await attendanceOf(db, programme.id, of.id), today);
}
