import { affectedBy } from '../plan/affected.ts';
import type { Ymd } from '../plan/dates.ts';
import { feeds } from '../plan/feeds.ts';
import { editsOf, type RosterChange, type RosterEdit, withEdits } from '../plan/roster-change.ts';
import { lastDay } from '../plan/secondment-days.ts';
import { type AuditEntry, insertAudit } from './audit.ts';
import { obligationsFedBy, refeed } from './feeds.ts';
import { countInFlight } from './in-flight.ts';
import {
  insertRoster,
  lockVersion,
  nextVersion,
  programmeReader,
  type StoredProgramme,
  updateRoster,
} from './programmes.ts';
import { recount } from './recount.ts';
import { followRules } from './rules.ts';
import { syncObligations } from './sync.ts';
import type { Trx } from './transaction.ts';

/** The programme is no longer the one the change was decided on. */
export class StaleProgramme extends Error {}

/**
 * Writes changes of the roster and brings the duties of those they touch after them, in the caller's transaction; the log keeps who
 * changed what. Returns the programme as it is then. A change that changes nothing is passed over. Throws StaleProgramme.
 */
export async function changeRoster(
  trx: Trx,
  programme: StoredProgramme,
  changes: RosterChange[],
  at: { today: Ymd; now: number; actor: string; newId: () => string },
): Promise<StoredProgramme> {
  await lockProgramme(trx, programme);
  let next = programme;
  const edits: RosterEdit[] = [];
  const made: RosterChange[] = [];
  for (const change of changes) {
    const applied = editsOf(next, change, at.newId);
    if ('nothing' in applied) continue;
    next = withEdits(next, applied.edits);
    edits.push(...applied.edits);
    made.push(change);
  }
  if (edits.length === 0) return programme;
  for (const { list, value, name } of edits) {
    if (name === undefined) await updateRoster(trx, programme.id, list, value);
    else await insertRoster(trx, programme.id, [{ list, name, value }], 'command');
  }
  await insertAudit(trx, programme.id, at, made.map(entryOf));
  await nextVersion(trx, programme.id);
  // Read anew, as every other process will: the order of rows is part of what people see.
  const now = await programmeReader()(trx, programme.id);
  await followRoster(trx, [programme, now], edits, at.today);
  await countInFlight(trx, now, at.now, at.today);
  return now;
}

/** A change as the log keeps it: ids and dates; the reason stands in the roster. */
function entryOf(change: RosterChange): AuditEntry {
  const { what: act } = change;
  switch (change.what) {
    case 'leave':
      return { act, target: `person:${change.personId}`, detail: `${change.from}..${change.to}` };
    case 'replace':
      return { act, target: `person:${change.fromId}`, detail: `person:${change.toId} ${change.on}` };
    case 'person_leaves':
      return { act, target: `person:${change.personId}`, detail: change.on };
    case 'pupil_leaves':
      return { act, target: `pupil:${change.pupilId}`, detail: change.on };
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
  }
}

/** Brings the duties and the ledger's feed keys after rows that were written, for those the rows touch. */
export async function followRoster(
  trx: Trx,
  [before, now]: [StoredProgramme, StoredProgramme],
  edits: RosterEdit[],
  today: Ymd,
  whom: 'touched' | 'all' = 'touched',
): Promise<void> {
  const affected = affectedBy([before, now], edits);
  const moved = await refeed(trx, now.id, [...affected.feedKeys], (activity) => feeds(now, activity));
  await followRules(trx, [before, now], today);
  // After the count: what is met stays as it was met, and a new rule may have made it otherwise.
  await syncObligations(trx, now, today, whom === 'all' ? undefined : affected.subjects);
  const ids = new Set<string>();
  for (const { activity: a, feedKeys } of moved)
    for (const id of await obligationsFedBy(trx, now, feedKeys, [a.kind], { start: a.date, end: lastDay(a) }))
      ids.add(id);
  await recount(trx, now, [...ids], today);
}

/** One change of a programme at a time, and each on what the one before has left. */
async function lockProgramme(trx: Trx, programme: StoredProgramme): Promise<void> {
  if ((await lockVersion(trx, programme.id)) !== programme.version) throw new StaleProgramme(programme.id);
}
