import { addDays, type Ymd } from '../plan/dates.ts';
import { turnsOf } from '../plan/handovers.ts';
import type { Obligation } from '../plan/obligation.ts';
import { derivingAll } from '../plan/obligations.ts';
import { type Stored, settle } from '../plan/settle.ts';
import { bodyOf, insertObligations, obligationOf } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import { lockObligations, recount } from './recount.ts';
import { inChunks, inTurns, type Trx } from './transaction.ts';

type Row = Awaited<ReturnType<typeof storedRows>>[number];

/** A duty as it was stored, for those that a restored roster alone would not bring back. */
export interface DutyBefore {
  id: string;
  since: Ymd | null;
  body: string;
}

/**
 * Makes the stored obligations those of the programme, or of some of its subjects after a change that touches no others.
 * Returns those that went or changed, as they were.
 */
export async function syncObligations(
  trx: Trx,
  programme: StoredProgramme,
  today: Ymd,
  subjectIds?: ReadonlySet<string>,
): Promise<DutyBefore[]> {
  const derived = await inTurns(
    derivingAll(programme, { day: today, ...(subjectIds && { only: (id) => subjectIds.has(id) }) }),
  );
  const stored = await storedRows(trx, programme.id, subjectIds);
  const known = new Map(stored.map((row) => [row.id, row]));
  const first = stored.length === 0 && (!subjectIds || !(await hasAny(trx, programme.id)));
  const settled = settle(stored.map(storedOf), derived, programme, { today, first });
  const anew = (id: string): Obligation => derived.get(id)!.obligation;
  const kept = (id: string): Obligation => obligationOf(known.get(id)!, programme).obligation;
  const replaced = [
    ...[...settled.followed.map(anew), ...settled.passed.map((id) => handed(kept(id), anew(id), today))].filter(
      (o) => known.get(o.id)!.body !== bodyOf(o, programme),
    ),
    ...[...settled.excused].map(([id, by]) => ({
      ...kept(id),
      waived: { by },
    })),
  ];
  const written = [...settled.added.map(anew), ...replaced];
  for (const ids of inChunks([...settled.dropped, ...replaced.map((o) => o.id)].sort()))
    await deleteObligations(trx, programme.id, ids);
  await insertObligations(trx, programme, written, (id) => {
    const row = known.get(id);
    return { done: Number(row?.done ?? 0), since: row ? row.since : first ? null : today };
  });
  const before = [...settled.dropped, ...replaced.map((o) => o.id)].map((id): DutyBefore => {
    const { since, body } = known.get(id)!;
    return { id, since, body };
  });
  // Nothing has been done in a programme without a ledger, and a county's first import asks for a hundred thousand counts.
  if (!(await hasLedger(trx, programme.id))) return before;
  await recount(
    trx,
    programme,
    written.map((o) => o.id),
    today,
  );
  return before;
}

/** Writes duties as they were, each counted again. */
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

async function deleteObligations(trx: Trx, programmeId: string, ids: string[]): Promise<void> {
  await lockObligations(trx, programmeId, ids);
  for (const table of ['obligation_feed', 'obligation_bearer', 'obligation_place'] as const)
    await trx.deleteFrom(table).where('programme_id', '=', programmeId).where('obligation_id', 'in', ids).execute();
  await trx.deleteFrom('obligation').where('programme_id', '=', programmeId).where('id', 'in', ids).execute();
}

/** What is met or over stays as it was asked: while it runs the other has it, and what either did counts. */
const handed = (kept: Obligation, { subject, bearerIds, handedOn, feedKeys }: Obligation, today: Ymd): Obligation =>
  kept.period.end < today ? { ...kept, feedKeys } : { ...kept, subject, bearerIds, handedOn, feedKeys };

/** Duties that pass to another as of these days, which a change had told of before. */
export async function followHandovers(trx: Trx, programme: StoredProgramme, today: Ymd): Promise<void> {
  const since = addDays(today, -HANDOVER_DAYS);
  const passed = [
    ...turnsOf(programme.cares, (c) => c.pupilId),
    ...turnsOf(programme.mentorships, (m) => m.menteeId),
  ].filter((line) => line.slice(1).some(({ spell }) => since <= spell.from! && spell.from! <= today));
  const ids = new Set(passed.flatMap((line) => line.map(({ row }) => row.id)));
  if (ids.size > 0) await syncObligations(trx, programme, today, ids);
}

/** How far back nights that did not run are made good. */
const HANDOVER_DAYS = 31;

const storedOf = (row: Row): Stored => ({
  id: row.id,
  subjectId: row.subject_id,
  range: { start: row.range_start, end: row.range_end },
  target: Number(row.target),
  done: Number(row.done),
  waived: Number(row.waived) !== 0,
});

async function storedRows(trx: Trx, programmeId: string, subjectIds?: ReadonlySet<string>) {
  const all = trx
    .selectFrom('obligation')
    .select(['id', 'body', 'subject_id', 'range_start', 'range_end', 'target', 'done', 'waived', 'since'])
    .where('programme_id', '=', programmeId);
  if (!subjectIds) return all.execute();
  const parts = [];
  for (const ids of inChunks([...subjectIds])) parts.push(await all.where('subject_id', 'in', ids).execute());
  return parts.flat();
}

const hasAny = async (trx: Trx, programmeId: string): Promise<boolean> =>
  Boolean(
    await trx.selectFrom('obligation').select('id').where('programme_id', '=', programmeId).limit(1).executeTakeFirst(),
  );

const hasLedger = async (trx: Trx, programmeId: string): Promise<boolean> =>
  Boolean(
    await trx.selectFrom('feed').select('feed_key').where('programme_id', '=', programmeId).limit(1).executeTakeFirst(),
  );
