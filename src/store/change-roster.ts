import { affectedBy } from '../plan/affected.ts';
import type { Ymd } from '../plan/dates.ts';
import { feeds } from '../plan/feeds.ts';
import { editsOf, type RosterChange, type RosterEdit, withEdits } from '../plan/roster-change.ts';
import { type RowChanged, restoring, rowsChanged } from '../plan/roster-undo.ts';
import { type AuditEntry, insertAudit } from './audit.ts';
import { dutiesFedBy, refeed } from './feeds.ts';
import { countInFlight } from './in-flight.ts';
import {
  deleteRoster,
  insertRoster,
  lockVersion,
  nextVersion,
  programmeReader,
  type StoredProgramme,
  updateRoster,
} from './programmes.ts';
import { recount } from './recount.ts';
import { type DutyBefore, restoreDuties, syncObligations } from './sync.ts';
import type { Trx } from './transaction.ts';

/** The programme has changed since the change was decided. */
export class StaleProgramme extends Error {}

/** What a change did, so that it can be taken back. */
export interface RosterUndo {
  rows: RowChanged[];
  duties: DutyBefore[];
}

interface At {
  today: Ymd;
  now: number;
  actor: string;
  newId: () => string;
}

/**
 * Writes roster changes and updates the duties they touch, in the caller's transaction; the log records who changed what. Returns the
 * programme after that. Skips changes without an effect. Throws StaleProgramme.
 */
export async function changeRoster(
  trx: Trx,
  programme: StoredProgramme,
  changes: RosterChange[],
  at: At,
): Promise<{ programme: StoredProgramme; undo: RosterUndo }> {
  await lockProgramme(trx, programme);
  let next = programme;
  const edits: RosterEdit[] = [];
  const written: RosterChange[] = [];
  for (const change of changes) {
    const applied = editsOf(next, change, at.newId);
    if ('nothing' in applied) continue;
    next = withEdits(next, applied.edits);
    edits.push(...applied.edits);
    written.push(change);
  }
  if (edits.length === 0) return { programme, undo: { rows: [], duties: [] } };
  const { now, duties } = await writeEdits(trx, programme, edits, written.map(entryOf), at);
  return { programme: now, undo: { rows: rowsChanged(programme, now, edits.filter(undoable)), duties } };
}

/** A new pupil stays: records may name them by then. */
const undoable = ({ list }: RosterEdit): boolean => list !== 'pupils';

/** Takes a change back, with duties and counts. False if the same rows have been changed again since. */
export async function undoRoster(
  trx: Trx,
  programme: StoredProgramme,
  { rows, duties }: RosterUndo,
  at: At,
): Promise<boolean> {
  await lockProgramme(trx, programme);
  const edits = restoring(programme, rows);
  if (!edits) return false;
  const entries = rows.map(({ list, id }) => ({ act: 'undo', target: `${list}:${id}`, detail: '' }));
  await writeEdits(trx, programme, edits, entries, at, duties);
  return true;
}

async function writeEdits(
  trx: Trx,
  programme: StoredProgramme,
  edits: RosterEdit[],
  entries: AuditEntry[],
  at: At,
  restored: DutyBefore[] = [],
): Promise<{ now: StoredProgramme; duties: DutyBefore[] }> {
  for (const { list, value, name, removed } of edits) {
    if (removed) await deleteRoster(trx, programme.id, list, value.id);
    else if (name === undefined) await updateRoster(trx, programme.id, list, value);
    else await insertRoster(trx, programme.id, [{ list, name, value }]);
  }
  await insertAudit(trx, programme.id, at, entries);
  await nextVersion(trx, programme.id);
  // Read again, as every other process will: people see the order of the rows.
  const now = await programmeReader()(trx, programme.id);
  const duties = await followRoster(trx, [programme, now], edits, at.today);
  await restoreDuties(trx, now, restored, at.today);
  await countInFlight(trx, now, at.now, at.today);
  return { now, duties };
}

/** A change as the log keeps it: ids and dates; the reason is in the roster. */
function entryOf(change: RosterChange): AuditEntry {
  const { what: act } = change;
  switch (change.what) {
    case 'leave':
      return { act, target: `person:${change.personId}`, detail: `${change.from}..${change.to}` };
    case 'end_leave':
      return { act, target: `leave:${change.leaveId}`, detail: change.on };
    case 'replace': {
      const days = change.to ? `${change.on}..${change.to}` : change.on;
      return { act, target: `person:${change.fromId}`, detail: `person:${change.toId} ${days}` };
    }
    case 'person_leaves':
      return { act, target: `person:${change.personId}`, detail: change.on };
    case 'pupil_leaves':
      return { act, target: `pupil:${change.pupilId}`, detail: change.on };
    case 'pupil_returns':
      return { act, target: `pupil:${change.pupilId}`, detail: change.on };
    case 'care_begins':
      return { act, target: `person:${change.mentorId}`, detail: change.on };
    case 'mentorship_begins':
      return { act, target: `person:${change.mentorId}`, detail: `person:${change.menteeId} ${change.on}` };
    case 'pairing_begins':
      return { act, target: `school:${change.supporterId}`, detail: `school:${change.recipientId} ${change.on}` };
    case 'team_joins':
      return { act, target: `pairing:${change.pairingId}`, detail: change.personIds.join(' ') };
    case 'pairing_ends':
      return { act, target: `pairing:${change.pairingId}`, detail: change.on };
    case 'waive': {
      const { personId, schoolId, pairingId, pupilId, requirementId = 'all', from = '', to = '' } = change;
      const about = { person: personId, school: schoolId, pairing: pairingId, pupil: pupilId };
      const target = Object.entries(about)
        .flatMap(([kind, id]) => (id ? [`${kind}:${id}`] : []))
        .join(' ');
      return { act, target, detail: `${requirementId} ${from}..${to}` };
    }
    case 'add_person':
      return { act, target: `person:${change.personId}`, detail: `school:${change.schoolId}` };
    case 'lift':
      return { act, target: `waiver:${change.waiverId}`, detail: '' };
  }
}

/** Updates the duties and the ledger's feed keys that the written rows touch. */
async function followRoster(
  trx: Trx,
  [before, now]: [StoredProgramme, StoredProgramme],
  edits: RosterEdit[],
  today: Ymd,
): Promise<DutyBefore[]> {
  const affected = affectedBy([before, now], edits);
  const moved = await refeed(trx, now.id, [...affected.feedKeys], (activity) => feeds(now, activity));
  // Counted first: a duty that was met by what no longer counts follows the roster like any other.
  await recount(trx, now, await dutiesFedBy(trx, now, moved), today);
  const duties = await syncObligations(trx, now, today, affected.subjects);
  await recount(trx, now, await dutiesFedBy(trx, now, moved), today);
  return duties;
}

/** Changes of a programme run one at a time, each on the result of the one before. */
async function lockProgramme(trx: Trx, programme: StoredProgramme): Promise<void> {
  if ((await lockVersion(trx, programme.id)) !== programme.version) throw new StaleProgramme(programme.id);
}
