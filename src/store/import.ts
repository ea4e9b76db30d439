import { affectedBy } from '../plan/affected.ts';
import type { Ymd } from '../plan/dates.ts';
import { CHORE } from '../plan/identities.ts';
import type { Problem } from '../plan/problems.ts';
import type { ProgrammeInput } from '../plan/programme-file.ts';
import { type RosterEdit, withEdits } from '../plan/roster-change.ts';
import { StaleProgramme } from './change-roster.ts';
import { finishChore, planChore } from './chores.ts';
import { type Db, inSlices } from './db.ts';
import { erasedRows } from './erased.ts';
import { type Following, finishOpenImport, followIn, type Progress } from './follow-import.ts';
import { type Decided, decideImport } from './import-decide.ts';
import type { ImportedRow } from './import-rows.ts';
import { unclearTerms } from './import-settings.ts';
import { insertObligations } from './obligations.ts';
import {
  lockVersion,
  programmeReader,
  renameRoster,
  type StoredProgramme,
  saveProgramme,
  withRoster,
  writeImported,
} from './programmes.ts';
import { changedRules } from './rules.ts';
import { beginStaging, dropPlace, dropStaged, endStaging, stage } from './staging.ts';
import { deriveFor, hasDuties, newDuties } from './sync.ts';
import { inChunks, insertOnce, ProgrammeChanged, type Slices, slicesOf, type Trx } from './transaction.ts';

interface At {
  now: number;
  today: Ymd;
  newId: () => string;
  /** Only reports what would happen to each row and to the programme. */
  dry?: boolean;
  /** The version that a preview was made against; any other is refused with StaleProgramme. */
  version?: number;
  /** The current time, for renewing leases during long work. */
  clock?: () => number;
  progress?: Progress;
  /** Runs in the transaction that makes the rows visible. */
  withSwitch?: (trx: Trx, imported: Imported) => Promise<void>;
}

export interface Imported {
  programmeId: string;
  rows: ImportedRow[];
  /** The programme after the import. */
  programme: StoredProgramme;
}

/**
 * Stores a programme file and recomputes its duties; rows that the file no longer has are kept and reported. Works in slices: a process
 * that dies before the new version is visible leaves nothing, one that dies later a chore that any process can finish. Throws BadRows.
 */
export async function importProgramme(db: Db | Trx, input: ProgrammeInput, at: At): Promise<Imported> {
  if (!at.dry && !db.isTransaction) await readyFor(db, input.name, at);
  for (let tries = 1; ; tries++) {
    const decided = await decideImport(db, input, at);
    if (at.version !== undefined && decided.old?.version !== at.version) throw new StaleProgramme(decided.programmeId);
    if (at.dry) return { ...decided, programme: asDecided(decided, input) };
    try {
      const { old } = decided;
      return await inSlices(db, (slices) =>
        old ? change(db, slices, decided, old, at) : begin(db, slices, decided, input, at),
      );
    } catch (error) {
      // The programme was changed since it was read. A caller's own transaction is repeated as a whole.
      if (!(error instanceof ProgrammeChanged) || db.isTransaction || tries === MAX_TRIES) throw error;
    }
  }
}

/** Cleans up after earlier imports. */
async function readyFor(db: Db, name: string, { now, clock = () => now }: At): Promise<void> {
  await dropStaged(db, slicesOf(db), clock(), 'dead');
  const row = await db.selectFrom('programme').select('id').where('name', '=', name).executeTakeFirst();
  if (row) await finishOpenImport(db, row.id, clock);
}

const MAX_TRIES = 5;
/** Roster rows and duties per staging transaction. */
const ROSTER_PART = 2_000;
const DUTIES_PART = 500;
/** Above this many subjects, all are recomputed. */
const MANY = 5_000;

function asDecided({ programmeId, old, settings, roster }: Decided, { name }: ProgrammeInput): StoredProgramme {
  const blank = {
    ...{ id: programmeId, name, version: 0, districts: [], schools: [], people: [], pairings: [], mentorships: [] },
    ...{ pupils: [], cares: [], waivers: [], leaves: [] },
  };
  return withEdits({ ...(old ?? blank), ...settings }, roster as RosterEdit[]);
}

/** A new programme: everything is written under its id, and becomes visible with its own row. */
async function begin(
  db: Db | Trx,
  slices: Slices,
  decided: Decided,
  { name }: ProgrammeInput,
  at: At,
): Promise<Imported> {
  const { programmeId: id, rows, roster, settings } = decided;
  const clock = at.clock ?? (() => at.now);
  for (const part of inChunks(roster, ROSTER_PART))
    await slices.ahead(async (trx) => {
      await beginStaging(trx, id, clock());
      await writeImported(trx, id, part);
    });
  const programme = await withRoster(db, { id, name, version: 1, ...settings });
  const derived = await deriveFor(programme, at.today);
  const duties = await newDuties(programme, derived, new Set(), { today: at.today, first: true });
  let done = 0;
  for (const part of inChunks(duties, DUTIES_PART)) {
    await slices.ahead(async (trx) => {
      await beginStaging(trx, id, clock());
      await insertObligations(trx, programme, part, () => ({ done: 0, since: null }));
    });
    done += part.length;
    await at.progress?.(done, duties.length);
  }
  const following = await followingOf(slices, decided, at, { first: false, subjects: [], feedKeys: [], rules: [] });
  const imported = { programmeId: id, rows, programme };
  const choreId = await slices
    .run(async (trx) => {
      const row = { id, name, version: 1, settings: JSON.stringify(settings) };
      if (!(await insertOnce(trx, 'programme', row))) throw new ProgrammeChanged(id);
      await endStaging(trx, id);
      return settleSwitch(trx, slices, imported, following, at);
    })
    .catch(async (error: unknown) => {
      if (error instanceof ProgrammeChanged && slices.apart) await dropPlace(db, slices, id);
      throw error;
    });
  return finish(db, slices, imported, following, choreId, at);
}

/** A programme in use: its rows and its version change at once; its duties follow. */
async function change(db: Db | Trx, slices: Slices, decided: Decided, old: StoredProgramme, at: At): Promise<Imported> {
  const { programmeId: id, rows, roster, renamed, settings, sameSettings } = decided;
  const now = asDecided(decided, old as never);
  const edits = roster as RosterEdit[];
  const wide = roster.some(({ list }) => list === 'schools' || list === 'districts');
  const touched = affectedBy(
    [old, now],
    edits.filter(({ list }) => (list as string) !== 'pupils'),
  );
  const all = wide || !sameSettings || touched.subjects.size > MANY;
  const following = await followingOf(slices, decided, at, {
    first: !(await hasDuties(db, id)),
    ...(!all && { subjects: [...touched.subjects] }),
    feedKeys: [...touched.feedKeys],
    rules: sameSettings ? [] : changedRules([old, now]),
  });
  const [programme, choreId] = await slices.run(async (trx) => {
    if ((await lockVersion(trx, id)) !== old.version) throw new ProgrammeChanged(id);
    for (const row of renamed) await renameRoster(trx, id, row.list, row.id, row.name);
    await writeImported(trx, id, roster);
    if (!sameSettings || roster.length > 0) await saveProgramme(trx, { id, name: old.name, settings });
    const programme = roster.length + Number(!sameSettings) > 0 ? { ...now, version: old.version + 1 } : old;
    return [programme, await settleSwitch(trx, slices, { programmeId: id, rows, programme }, following, at)] as const;
  });
  return finish(db, slices, { programmeId: id, rows, programme }, following, choreId, at);
}

/** What remains to do after the switch; the file's records are staged. */
async function followingOf(
  slices: Slices,
  { programmeId, ledger, users }: Decided,
  { now, today, newId }: At,
  what: Pick<Following, 'first' | 'subjects' | 'feedKeys' | 'rules'>,
): Promise<Following> {
  const place = `staged-${newId()}`;
  await stage(slices, place, ledger, { now, newId });
  return { programmeId, today, since: now, ...what, ...(ledger.length > 0 && { staged: place }), users };
}

/** The last step of the switch: the caller's own writes, and the chore that lets any process finish the import. */
async function settleSwitch(
  trx: Trx,
  slices: Slices,
  imported: Imported,
  following: Following,
  { now, newId, clock = () => now, withSwitch }: At,
): Promise<string | undefined> {
  await withSwitch?.(trx, imported);
  if (following.staged) await endStaging(trx, following.staged);
  if (!slices.apart) return undefined;
  const id = newId();
  const identity = CHORE.followImport(imported.programmeId, id);
  await planChore(trx, { id, identity, kind: 'follow_import', body: following }, clock(), 'claimed');
  return id;
}

async function finish(
  db: Db | Trx,
  slices: Slices,
  imported: Imported,
  following: Following,
  choreId: string | undefined,
  { now, clock = () => now, progress }: At,
): Promise<Imported> {
  await followIn(db, slices, following, { ...(choreId && { choreId }), clock, ...(progress && { progress }) });
  if (choreId) await slices.run((trx) => finishChore(trx, choreId));
  return { ...imported, programme: await programmeReader()(db, imported.programmeId) };
}

/** Rows of a file that contradict the store, each by its path: `importProgramme` would refuse the whole file for them. */
export async function againstRows(db: Db | Trx, input: ProgrammeInput): Promise<Problem[]> {
  const before = await db.selectFrom('programme').select('id').where('name', '=', input.name).executeTakeFirst();
  if (!before) return [];
  const stored = await programmeReader()(db, before.id);
  return [...(await erasedRows(db, before.id, input)), ...unclearTerms(input, stored)];
}
