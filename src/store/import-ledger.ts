/** The ledger (台账) of a file: which of its rows are new and which are known. */
import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Activity } from '../plan/activity.ts';
import type { ActivityInput } from '../plan/programme-file.ts';
import type { StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import type { IdOf, RowOutcome } from './import-rows.ts';
import { activitiesById } from './inspection.ts';
import { historyOf } from './ledger.ts';
import type { LedgerChange } from './record.ts';
import type { Trx } from './transaction.ts';

export function activityOf(row: ActivityInput, programmeId: string, idOf: IdOf): Activity & { reporterId: string } {
  const byId = idOf('people', row.byId)!;
  return {
    ...row,
    id: hash('sha1', `${programmeId}\n${row.id}`, 'base64url'),
    programmeId,
    byId,
    reporterId: idOf('people', row.reporterId) ?? byId,
    participantIds: row.participantIds.map((name) => idOf('people', name)!),
    pupilIds: row.pupilIds.map((name) => idOf('pupils', name)!),
    ...(row.placeId && { placeId: idOf('schools', row.placeId) }),
    ...(row.toId && { toId: idOf('schools', row.toId) }),
    ...(row.partnerId && { partnerId: idOf('schools', row.partnerId) }),
  };
}

/**
 * The outcome of a ledger row. A row imported before is compared with what the file said then, so that people's changes stay until the
 * file says something new. One chat report matches one row: `taken` holds those that earlier rows matched.
 */
export async function ledgerRow(
  db: Db | Trx,
  activity: Activity & { reporterId: string },
  taken: Set<string>,
  fileId: string,
): Promise<{ outcome: RowOutcome; change?: LedgerChange }> {
  const { programmeId, id } = activity;
  // An id made from a row's content holds this sign; an id that an export wrote is the record's own.
  const exported = fileId.includes('|') ? undefined : (await activitiesById(db, programmeId, [fileId]))[0];
  if (exported) {
    taken.add(exported.id);
    return exportedRow(exported, activity);
  }
  const before = (await activitiesById(db, programmeId, [id]))[0];
  if (before) {
    const history = await historyOf(db, programmeId, id);
    const imported = history.findLast((c) => c.version === 1 || c.byId === BY_IMPORT)!.activity;
    const comparable = ({ evidence, reporterId, ...rest }: Activity): object => JSON.parse(JSON.stringify(rest));
    if (isDeepStrictEqual(comparable(imported), comparable(activity))) return { outcome: 'same' };
    return {
      outcome: 'changed',
      change: { what: 'edited', before, activity: { ...activity, evidence: before.evidence } },
    };
  }
  const reported = await db
    .selectFrom('activity')
    .select(['id', 'body'])
    .where('programme_id', '=', programmeId)
    .where('kind', '=', activity.kind)
    .where('date', '=', activity.date)
    .where('by_id', '=', activity.byId)
    .where('cause', 'is not', null)
    .execute();
  const pupils = (a: Activity) => a.pupilIds.toSorted().join();
  const found = reported.find((r) => {
    const report = JSON.parse(r.body) as Activity;
    const same = report.status === activity.status && report.placeId === activity.placeId;
    return same && pupils(report) === pupils(activity) && !taken.has(r.id);
  });
  if (!found) return { outcome: 'new', change: { what: 'imported', activity } };
  taken.add(found.id);
  return { outcome: 'known' };
}

/** A row of an exported ledger: only the cells that were changed are applied; what an export leaves out or hides stays. */
function exportedRow(
  before: StoredActivity,
  row: Activity & { reporterId: string },
): { outcome: RowOutcome; change?: LedgerChange } {
  const { id, programmeId, reporterId, evidence, pupilIds, participantIds, items, pupilCount, ...given } = row;
  const merged: Activity = { ...before, ...given };
  if (participantIds.length > 0) merged.participantIds = participantIds;
  if (pupilIds.some((pupil) => !before.pupilIds.includes(pupil))) merged.pupilIds = pupilIds;
  if (pupilCount !== undefined && pupilCount !== before.pupilIds.length) merged.pupilCount = pupilCount;
  if (items && itemsText(items) !== itemsText(before.items)) merged.items = items;
  const kept = (a: Activity): object => JSON.parse(JSON.stringify(a));
  if (isDeepStrictEqual(kept(before), kept(merged))) return { outcome: 'known' };
  return {
    outcome: 'changed',
    change: { what: 'edited', before, activity: { ...merged, reporterId: before.reporterId ?? reporterId } },
  };
}

const itemsText = (items: Activity['items']): string =>
  (items ?? [])
    .map((i) => `${i.name}${i.qty ?? ''}${i.unit ?? ''}`)
    .join('、')
    .replace(/\s/g, '');

/** The author of an activity's change by a file. */
export const BY_IMPORT = 'import';
