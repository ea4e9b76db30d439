import type { Ymd } from '../plan/dates.ts';
import type { CheckInAnswer } from '../plan/notices/index.ts';
import type { Db } from './db.ts';
import { inChunks, type Trx } from './transaction.ts';

/** Stores what a person says about a duty; it replaces an answer of the same day, and an earlier request for help. */
export async function saveCheckIn(trx: Trx, programmeId: string, answer: CheckInAnswer): Promise<void> {
  const key = {
    programme_id: programmeId,
    person_id: answer.personId,
    obligation_id: answer.obligationId,
    day: answer.on,
  };
  await endHelpOn(trx, programmeId, answer.personId, answer.obligationId);
  await trx
    .deleteFrom('check_in')
    .where((eb) => eb.and(key))
    .execute();
  await trx
    .insertInto('check_in')
    .values({ ...key, answer: answer.answer, planned_for: answer.plannedFor ?? null, reason: answer.reason ?? null })
    .execute();
}

/** Ends a request for help on a duty. */
export async function endHelpOn(trx: Trx, programmeId: string, personId: string, obligationId: string): Promise<void> {
  await trx
    .deleteFrom('check_in')
    .where('programme_id', '=', programmeId)
    .where('person_id', '=', personId)
    .where('obligation_id', '=', obligationId)
    .where('answer', '=', 'help')
    .execute();
}

/** What these people have said since a day, earliest first; requests for help for as long as they are open. */
export async function checkInsOf(
  db: Db | Trx,
  programmeId: string,
  personIds: string[],
  since: Ymd,
): Promise<CheckInAnswer[]> {
  const found: CheckInAnswer[] = [];
  for (const ids of inChunks(personIds)) {
    const rows = await db
      .selectFrom('check_in')
      .selectAll()
      .where('programme_id', '=', programmeId)
      .where('person_id', 'in', ids)
      .where((eb) => eb.or([eb('day', '>=', since), eb('answer', '=', 'help')]))
      .orderBy('day')
      .execute();
    for (const r of rows)
      found.push({
        personId: r.person_id,
        obligationId: r.obligation_id,
        on: r.day,
        answer: r.answer as CheckInAnswer['answer'],
        ...(r.planned_for ? { plannedFor: r.planned_for } : {}),
        ...(r.reason ? { reason: r.reason } : {}),
      });
  }
  return found;
}

export interface Attendance {
  personId: string;
  day: Ymd;
  answer: 'present' | 'leave';
  saidAt: number;
  /** Said on a later day. */
  late: boolean;
}

/** Stores one day of a secondment; a correction replaces what was said before. */
export async function saveAttendance(trx: Trx, programmeId: string, answer: Attendance): Promise<void> {
  const key = { programme_id: programmeId, person_id: answer.personId, day: answer.day };
  await trx
    .deleteFrom('attendance')
    .where((eb) => eb.and(key))
    .execute();
  await trx
    .insertInto('attendance')
    .values({ ...key, answer: answer.answer, said_at: answer.saidAt, late: answer.late ? 1 : 0 })
    .execute();
}

/** The people who have answered for that day. */
export async function attendanceOn(
  db: Db | Trx,
  programmeId: string,
  personIds: string[],
  day: Ymd,
): Promise<Attendance[]> {
  const found: Attendance[] = [];
  for (const ids of inChunks(personIds)) {
    const rows = await db
      .selectFrom('attendance')
      .selectAll()
      .where('programme_id', '=', programmeId)
      .where('person_id', 'in', ids)
      .where('day', '=', day)
      .execute();
    for (const r of rows)
      found.push({
        personId: r.person_id,
        day: r.day,
        answer: r.answer as Attendance['answer'],
        saidAt: Number(r.said_at),
        late: r.late > 0,
      });
  }
  return found;
}

/** What people on secondment have said since a day, latest first. */
export async function attendanceSince(db: Db | Trx, programmeId: string, from: Ymd): Promise<Attendance[]> {
  const rows = await db
    .selectFrom('attendance')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('day', '>=', from)
    .orderBy('day', 'desc')
    .orderBy('person_id')
    .execute();
  return rows.map((r) => ({
    personId: r.person_id,
    day: r.day,
    answer: r.answer as Attendance['answer'],
    saidAt: Number(r.said_at),
    late: r.late > 0,
  }));
}

/** Everything one person has said about attendance, by day. */
export async function attendanceOf(db: Db | Trx, programmeId: string, personId: string): Promise<Attendance[]> {
  const rows = await db
    .selectFrom('attendance')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('person_id', '=', personId)
    .orderBy('day')
    .execute();
  return rows.map((r) => ({
    personId: r.person_id,
    day: r.day,
    answer: r.answer as Attendance['answer'],
    saidAt: Number(r.said_at),
    late: r.late > 0,
  }));
}
