/** The ledger (台账) of a file: which of its rows are new, and which are known. */
import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Activity } from '../plan/activity.ts';
import type { ActivityInput } from '../plan/programme-file.ts';
import { lockActivity } from './activities.ts';
import type { IdOf, RowOutcome } from './import-rows.ts';
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
 * What becomes of a row of the ledger. One imported before is compared with what the file said then, so that what people have
 * changed since stays until the file says something new. One report in chat stands for one row: `taken` are those that an
 * earlier row of the file has found.
 */
export async function ledgerRow(
  trx: Trx,
  activity: Activity & { reporterId: string },
  taken: Set<string>,
): Promise<{ outcome: RowOutcome; change?: LedgerChange }> {
  const { programmeId, id } = activity;
  const before = await lockActivity(trx, programmeId, id);
  if (before) {
    const history = await historyOf(trx, programmeId, id);
    const imported = history.findLast((c) => c.version === 1 || c.byId === BY_IMPORT)!.activity;
    const said = ({ evidence, reporterId, ...rest }: Activity): object => JSON.parse(JSON.stringify(rest));
    if (isDeepStrictEqual(said(imported), said(activity))) return { outcome: 'same' };
    return {
      outcome: 'changed',
      change: { what: 'edited', before, activity: { ...activity, evidence: before.evidence } },
    };
  }
  const told = await trx
    .selectFrom('activity')
    .select(['id', 'body'])
    .where('programme_id', '=', programmeId)
    .where('kind', '=', activity.kind)
    .where('date', '=', activity.date)
    .where('by_id', '=', activity.byId)
    .where('cause', 'is not', null)
    .execute();
  const pupils = (a: Activity) => a.pupilIds.toSorted().join();
  const found = told.find((r) => {
    const said = JSON.parse(r.body) as Activity;
    const same = said.status === activity.status && said.placeId === activity.placeId;
    return same && pupils(said) === pupils(activity) && !taken.has(r.id);
  });
  if (!found) return { outcome: 'new', change: { what: 'imported', activity } };
  taken.add(found.id);
  return { outcome: 'known' };
}

/** Who changed an activity, where a file did. */
export const BY_IMPORT = 'import';
