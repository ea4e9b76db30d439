import { addDays, type Ymd } from '../plan/dates.ts';
import { turnsOf } from '../plan/handovers.ts';
import type { Obligation } from '../plan/obligation.ts';
import { deriveObligations } from '../plan/obligations.ts';
import { schoolYears } from '../plan/periods.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import { bodyOf, insertObligations, obligationOf } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import { lockObligations, recount } from './recount.ts';
import { inChunks, type Trx } from './transaction.ts';

type Stored = Awaited<ReturnType<typeof storedRows>>[number];

/**
 * Makes the stored obligations those of the programme, or of some of its subjects after a change that touches no others. What
 * is met stays as it was met. What is over stays as it ended, unless it is excused by now, or its subject had left before it
 * began. What is open follows the programme. A duty that comes up with its period already over is not owed, except by a
 * programme's first import: nobody is told that they missed what nobody had asked.
 */
export async function syncObligations(
  trx: Trx,
  programme: StoredProgramme,
  today: Ymd,
  subjectIds?: ReadonlySet<string>,
): Promise<void> {
  const target = wanted(programme, today, subjectIds);
  const stored = await storedRows(trx, programme.id, subjectIds);
  const known = new Map(stored.map((row) => [row.id, row]));
  const first = stored.length === 0 && (!subjectIds || !(await hasAny(trx, programme.id)));
  const gone = stored.filter((row) => !target.has(row.id) && !stays(row, programme, today)).map((row) => row.id);
  const written: Obligation[] = [];
  for (const o of target.values()) {
    const row = known.get(o.id);
    if (!row) {
      if (first || o.period.end >= today) written.push(o);
    } else if (row.body !== bodyOf(o, programme)) {
      const after = changed(row, o, programme, today);
      if (after) written.push(after);
    }
  }
  const replaced = [...gone, ...written.filter((o) => known.has(o.id)).map((o) => o.id)].sort();
  for (const ids of inChunks(replaced)) {
    await lockObligations(trx, programme.id, ids);
    for (const table of ['obligation_feed', 'obligation_bearer', 'obligation_place'] as const)
      await trx.deleteFrom(table).where('programme_id', '=', programme.id).where('obligation_id', 'in', ids).execute();
    await trx.deleteFrom('obligation').where('programme_id', '=', programme.id).where('id', 'in', ids).execute();
  }
  await insertObligations(trx, programme, written, (id) => {
    const row = known.get(id);
    return { done: Number(row?.done ?? 0), since: row ? row.since : first ? null : today };
  });
  // Nothing has been done in a programme without a ledger, and a county's first import asks for a hundred thousand counts.
  if (!(await hasLedger(trx, programme.id))) return;
  await recount(
    trx,
    programme,
    written.map((o) => o.id),
    today,
  );
}

/** Every obligation that the programme's known school years ask for. */
const wanted = (programme: Programme, today: Ymd, subjectIds?: ReadonlySet<string>): Map<string, Obligation> => {
  const only = subjectIds && ((id: string) => subjectIds.has(id));
  const all = schoolYears(programme).flatMap((y) => deriveObligations(programme, y.start, only, today));
  return new Map(all.map((o) => [o.id, o]));
};

const isMet = (row: Stored): boolean => Number(row.done) >= Number(row.target);

/** Whether a stored duty that is no longer asked for is history to keep. */
const stays = (row: Stored, programme: StoredProgramme, today: Ymd): boolean =>
  isMet(row) || (row.range_end < today && !hadLeft(row, programme));

/** Whether the subject's own time was over before the period began, and nothing was done in it. */
function hadLeft(row: Stored, programme: StoredProgramme): boolean {
  const { person, care, mentorship, pairing } = rosterOf(programme);
  const id = row.subject_id;
  const { to } = person.get(id) ?? care.get(id) ?? mentorship.get(id) ?? pairing.get(id) ?? {};
  return to !== undefined && to < row.range_start && Number(row.done) === 0;
}

/** What a stored duty becomes where the programme now asks for it otherwise; undefined where it stays as it is. */
function changed(row: Stored, derived: Obligation, programme: StoredProgramme, today: Ymd): Obligation | undefined {
  const open = row.range_end >= today;
  if (derived.handedOn && (isMet(row) || !open)) return handed(row, derived, programme, open);
  if (isMet(row)) return undefined;
  // A term's end or that of the known school years may have moved on, also after it had passed.
  if (row.range_end >= today || derived.period.end >= today || isLonger(row, derived)) return derived;
  if (!derived.waived || Number(row.waived) !== 0) return undefined;
  return { ...obligationOf(row, programme).obligation, waived: derived.waived };
}

/** A duty that has passed to another keeps what it asked; while it is open the other has it, and both count for it. */
function handed(row: Stored, derived: Obligation, programme: StoredProgramme, open: boolean): Obligation | undefined {
  const { obligation } = obligationOf(row, programme);
  const { subject, bearerIds, handedOn, feedKeys } = derived;
  const after = open ? { ...obligation, subject, bearerIds, handedOn, feedKeys } : { ...obligation, feedKeys };
  return bodyOf(after, programme) === row.body ? undefined : after;
}

/** Duties that pass to another as of these days, which a change had told of before. */
export async function followHandovers(trx: Trx, programme: StoredProgramme, today: Ymd): Promise<void> {
  const since = addDays(today, -HANDOVERS_DAYS);
  const passed = [
    ...turnsOf(programme.cares, (c) => c.pupilId),
    ...turnsOf(programme.mentorships, (m) => m.menteeId),
  ].filter((line) => line.slice(1).some(({ spell }) => since <= spell.from! && spell.from! <= today));
  const ids = new Set(passed.flatMap((line) => line.map(({ row }) => row.id)));
  if (ids.size > 0) await syncObligations(trx, programme, today, ids);
}

/** How far back a night that did not run is made good. */
const HANDOVERS_DAYS = 31;

/** `once` lasts as long as the known school years do, whenever another becomes known. */
const isLonger = (row: Stored, { period }: Obligation): boolean => period.kind === 'once' && period.end > row.range_end;

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
