import { addDays, type Ymd } from '../plan/dates.ts';
import { turnsOf } from '../plan/handovers.ts';
import type { Obligation } from '../plan/obligation.ts';
import { type Derived, derivingAll } from '../plan/obligations.ts';
import { type Stored, settle } from '../plan/settle.ts';
import type { Db } from './db.ts';
import { bodyOf, insertObligations, obligationOf } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import { lockObligations, recount } from './recount.ts';
import { breathing, inChunks, inTurns, locking, type Trx } from './transaction.ts';

type Row = Awaited<ReturnType<typeof lockRows>>[number];
type AllDerived = ReadonlyMap<string, Derived>;

/** A duty as it was stored, for those that restoring the roster alone would not bring back. */
export interface DutyBefore {
  id: string;
  since: Ymd | null;
  body: string;
}

/**
 * Makes the stored obligations match the programme, or some of its subjects after a change that touches no others. Returns the removed and
 * changed ones, as they were.
 */
export async function syncObligations(
  trx: Trx,
  programme: StoredProgramme,
  today: Ymd,
  subjectIds?: ReadonlySet<string>,
): Promise<DutyBefore[]> {
  const derived = await deriveFor(programme, today, subjectIds);
  const ids = await storedIds(trx, programme.id, subjectIds);
  const first = ids.length === 0 && (!subjectIds || !(await hasDuties(trx, programme.id)));
  const before: DutyBefore[] = [];
  for (const part of inChunks(ids)) before.push(...(await settleDuties(trx, programme, derived, part, today)));
  const added = await newDuties(programme, derived, new Set(ids), { today, first });
  await addDuties(trx, programme, added, first ? null : today, today);
  return before;
}

/** The duties that the programme asks for, of all or of some subjects. */
export const deriveFor = (programme: StoredProgramme, today: Ymd, subjectIds?: ReadonlySet<string>) =>
  inTurns(derivingAll(programme, { day: today, ...(subjectIds && { only: (id: string) => subjectIds.has(id) }) }));

/** Ids of the stored duties of all or of some subjects, in order. */
export async function storedIds(
  db: Db | Trx,
  programmeId: string,
  subjectIds?: ReadonlySet<string>,
): Promise<string[]> {
  const ids: string[] = [];
  const all = db.selectFrom('obligation').select('id').where('programme_id', '=', programmeId);
  if (subjectIds) {
    for (const part of inChunks([...subjectIds]))
      for (const { id } of await all.where('subject_id', 'in', part).execute()) ids.push(id);
    return ids.sort();
  }
  for (let after = ''; ; after = ids.at(-1)!) {
    const page = await all.where('id', '>', after).orderBy('id').limit(IDS_PAGE).execute();
    for (const { id } of page) ids.push(id);
    if (page.length < IDS_PAGE) return ids;
  }
}

const IDS_PAGE = 5_000;

/** Updates some stored duties to what is derived. Returns the removed and changed ones, as they were. */
export async function settleDuties(
  trx: Trx,
  programme: StoredProgramme,
  derived: AllDerived,
  ids: string[],
  today: Ymd,
): Promise<DutyBefore[]> {
  const known = new Map((await lockRows(trx, programme.id, ids)).map((row) => [row.id, row]));
  const derivedById = new Map(
    [...known.keys()].flatMap((id) => (derived.has(id) ? [[id, derived.get(id)!] as const] : [])),
  );
  const settled = settle([...known.values()].map(storedOf), derivedById, programme, { today, first: false });
  const derivedDuty = (id: string): Obligation => derived.get(id)!.obligation;
  const kept = (id: string): Obligation => obligationOf(known.get(id)!, programme).obligation;
  const replaced = [
    ...[
      ...settled.followed.map(derivedDuty),
      ...settled.passed.map((id) => handed(kept(id), derivedDuty(id), today)),
    ].filter((o) => known.get(o.id)!.body !== bodyOf(o, programme)),
    ...[...settled.excused].map(([id, by]) => ({
      ...kept(id),
      waived: { by },
    })),
  ];
  const deletedIds = [...settled.dropped, ...replaced.map((o) => o.id)];
  if (deletedIds.length > 0) await deleteObligations(trx, programme.id, deletedIds.toSorted());
  await insertObligations(trx, programme, replaced, (id) => {
    const { done, since } = known.get(id)!;
    return { done: Number(done), since };
  });
  if (replaced.length > 0 && (await hasLedger(trx, programme.id)))
    await recount(
      trx,
      programme,
      replaced.map((o) => o.id),
      today,
    );
  return deletedIds.map((id): DutyBefore => {
    const { since, body } = known.get(id)!;
    return { id, since, body };
  });
}

/** Derived duties that are not stored, by id, as far as they are owed from now on. */
export async function newDuties(
  programme: StoredProgramme,
  derived: AllDerived,
  known: ReadonlySet<string>,
  when: { today: Ymd; first: boolean },
): Promise<Obligation[]> {
  const breathe = breathing();
  // Sorted in parts: a county has two hundred thousand.
  const parts = new Map<string, Map<string, Derived>>();
  for (const [id, one] of derived) {
    if (known.has(id)) continue;
    const part = parts.get(id[0]!) ?? new Map<string, Derived>();
    parts.set(id[0]!, part.set(id, one));
    await breathe();
  }
  const added: Obligation[] = [];
  for (const [, part] of [...parts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const id of settle([], part, programme, when).added.sort()) added.push(part.get(id)!.obligation);
    await breathe();
  }
  return added;
}

/** Stores new duties. Without a ledger their counts are zero: a county's first import counts nothing. */
export async function addDuties(
  trx: Trx,
  programme: StoredProgramme,
  added: Obligation[],
  since: Ymd | null,
  today: Ymd,
): Promise<void> {
  await insertObligations(trx, programme, added, () => ({ done: 0, since }));
  if (added.length > 0 && (await hasLedger(trx, programme.id)))
    await recount(
      trx,
      programme,
      added.map((o) => o.id),
      today,
    );
}

/** Writes duties back as they were, and recounts each. */
export async function restoreDuties(
  trx: Trx,
  programme: StoredProgramme,
  duties: DutyBefore[],
  today: Ymd,
): Promise<void> {
  const since = new Map(duties.map((d) => [d.id, d.since]));
  const ids = [...since.keys()].sort();
  for (const part of inChunks(ids)) await deleteObligations(trx, programme.id, part);
  const old = duties.map(({ id, body }) => obligationOf({ id, body, done: 0 }, programme).obligation);
  await insertObligations(trx, programme, old, (id) => ({ done: 0, since: since.get(id) ?? null }));
  await recount(trx, programme, ids, today);
}

/** Removes duties with all the rows that find them. */
export async function deleteObligations(trx: Trx, programmeId: string, ids: string[]): Promise<void> {
  await lockObligations(trx, programmeId, ids);
  for (const table of ['obligation_feed', 'obligation_bearer', 'obligation_place'] as const)
    await trx.deleteFrom(table).where('programme_id', '=', programmeId).where('obligation_id', 'in', ids).execute();
  await trx.deleteFrom('obligation').where('programme_id', '=', programmeId).where('id', 'in', ids).execute();
}

/** A duty whose period has ended keeps its subject; a running one passes to the successor, and the work of both counts. */
const handed = (kept: Obligation, { subject, bearerIds, handedOn, feedKeys }: Obligation, today: Ymd): Obligation =>
  kept.period.end < today ? { ...kept, feedKeys } : { ...kept, subject, bearerIds, handedOn, feedKeys };

/** Duties that pass to another person as of these days, by a change made earlier. */
export async function followHandovers(trx: Trx, programme: StoredProgramme, today: Ymd): Promise<void> {
  const since = addDays(today, -HANDOVER_DAYS);
  const passed = [
    ...turnsOf(programme.cares, (c) => c.pupilId),
    ...turnsOf(programme.mentorships, (m) => m.menteeId),
  ].filter((line) => line.slice(1).some(({ spell }) => since <= spell.from! && spell.from! <= today));
  const ids = new Set(passed.flatMap((line) => line.map(({ row }) => row.id)));
  if (ids.size > 0) await syncObligations(trx, programme, today, ids);
}

/** How far back nights that did not run are made up. */
const HANDOVER_DAYS = 31;

const storedOf = (row: Row): Stored => ({
  id: row.id,
  subjectId: row.subject_id,
  range: { start: row.range_start, end: row.range_end },
  target: Number(row.target),
  done: Number(row.done),
  waived: Number(row.waived) !== 0,
});

async function lockRows(trx: Trx, programmeId: string, ids: string[]) {
  if (ids.length === 0) return [];
  return trx
    .selectFrom('obligation')
    .select(['id', 'body', 'subject_id', 'range_start', 'range_end', 'target', 'done', 'waived', 'since'])
    .where('programme_id', '=', programmeId)
    .where('id', 'in', ids)
    .orderBy('id')
    .$call(locking(trx))
    .execute();
}

/** Whether a programme has any duties at all. */
export const hasDuties = async (db: Db | Trx, programmeId: string): Promise<boolean> =>
  Boolean(
    await db.selectFrom('obligation').select('id').where('programme_id', '=', programmeId).limit(1).executeTakeFirst(),
  );

const hasLedger = async (trx: Trx, programmeId: string): Promise<boolean> =>
  Boolean(
    await trx.selectFrom('feed').select('feed_key').where('programme_id', '=', programmeId).limit(1).executeTakeFirst(),
  );
