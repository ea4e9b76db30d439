/** A county of 60 schools in a store, with the given years of duties and activities; the summary and the ledger are measured on it. */
import { sql } from 'kysely';
import type { ActivityKind } from '../../src/plan/activity.ts';
import { deriveObligations } from '../../src/plan/obligations.ts';
import type { Db } from '../../src/store/db.ts';
import { insertObligations } from '../../src/store/obligations.ts';
import type { StoredProgramme } from '../../src/store/programmes.ts';
import { isSqlite, transact } from '../../src/store/transaction.ts';
import { countyProgramme } from './county.ts';

export const TODAY = '2027-01-08';
/** From the first day of the term up to today. */
const DAYS = 130;
const KINDS: ActivityKind[] = ['talk', 'talk', 'home_visit', 'study_guidance', 'demo_lesson', 'observe'];
const AT_ONCE = 1_000;
/** The length of the current year's duty ids; the copies' ids are longer. */
const ID_LENGTH = 27;

/** Fills the current year: its duties, some of them met, and `perYear` activities of all people on the days up to today. */
export async function fillCounty(db: Db, scale: number, perYear: number, schools = 60): Promise<StoredProgramme> {
  const teachers = 2_000 * scale;
  const county = countyProgramme({ schools, teachers, pupils: 1_500 * scale });
  const programme: StoredProgramme = { ...county, retired: {} };
  const obligations = deriveObligations(programme, TODAY);
  await transact(db, (trx) =>
    insertObligations(trx, programme, obligations, (id) => ({ done: id < 'V' ? 1 : 0, since: null })),
  );
  for (let at = 0; at < perYear; at += AT_ONCE)
    await db
      .insertInto('activity')
      .values(Array.from({ length: Math.min(AT_ONCE, perYear - at) }, (_, k) => activityRow(at + k, teachers)))
      .execute();
  return programme;
}

function activityRow(i: number, teachers: number) {
  const id = `a${String(i).padStart(8, '0')}`;
  const date = Temporal.PlainDate.from('2026-09-01')
    .add({ days: i % DAYS })
    .toString();
  const by = `t${(i * 7) % teachers}`;
  const kind = KINDS[i % KINDS.length]!;
  const who = { byId: by, reporterId: by, participantIds: [], pupilIds: [] };
  return {
    programme_id: 'county',
    id,
    version: 1,
    kind,
    status: 'done',
    date,
    by_id: by,
    reporter_id: by,
    recorded_at: i,
    cause: null,
    body: JSON.stringify({ id, programmeId: 'county', kind, status: 'done', date, ...who }),
  };
}

/**
 * Copies the current year into earlier years, inside the database, until there are `to` years; `from` is how many there are. As in
 * real stores, ids of older duties (hashes) are interleaved with current ones, and ids of older activities (by time) precede them.
 */
export async function addYears(db: Db, from: number, to: number): Promise<void> {
  const integer = isSqlite(db) ? 'integer' : 'signed';
  const years = Array.from({ length: to - from }, (_, i) => from + i);
  const each = sql.raw(`(${years.map((n) => `select ${n} as n`).join(' union all ')}) y`);
  const earlier = (column: string) =>
    sql.raw(`concat(cast(cast(substr(${column}, 1, 4) as ${integer}) - y.n as char(4)), substr(${column}, 5))`);
  const year = "lpad(cast(y.n as char(2)), 2, '0')";
  const among = (column: string) => sql.raw(`concat(${column}, '-', ${year})`);
  const before = sql.raw(`concat('Z', lpad(cast(99 - y.n as char(2)), 2, '0'), id)`);
  await sql`insert into obligation (programme_id, id, requirement, activity_kind, subject_kind, subject_id, range_start, range_end, target, done, waived, body, next_checkpoint, met_on)
    select programme_id, ${among('id')}, requirement, activity_kind, subject_kind, subject_id, ${earlier('range_start')}, ${earlier('range_end')}, target, done, waived, body, ${earlier('next_checkpoint')}, met_on
    from obligation cross join ${each} where length(id) = ${ID_LENGTH} order by id, y.n`.execute(db);
  await sql`insert into obligation_place (programme_id, place, obligation_id, range_end)
    select programme_id, place, ${among('obligation_id')}, ${earlier('range_end')}
    from obligation_place cross join ${each} where length(obligation_id) = ${ID_LENGTH}
    order by place, obligation_id, y.n`.execute(db);
  await sql`insert into activity (programme_id, id, version, kind, status, date, by_id, reporter_id, recorded_at, cause, body)
    select programme_id, ${before}, version, kind, status, ${earlier('date')}, by_id, reporter_id, recorded_at, cause, body
    from activity cross join ${each} where id like 'a%' order by y.n desc, id`.execute(db);
  if (isSqlite(db)) await sql`analyze`.execute(db);
  else await sql`analyze table obligation, obligation_place, activity`.execute(db);
}

/** The store's size as one line. */
export async function sizeOf(db: Db): Promise<string> {
  const count = async (table: 'obligation' | 'activity') => {
    const { n } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as('n'))
      .executeTakeFirstOrThrow();
    return Number(n).toLocaleString('en-US');
  };
  return `${await count('obligation')} duties, ${await count('activity')} activities`;
}
