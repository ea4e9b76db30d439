/**
 * Reports and changes of a programme that run at once. On MySQL a report may have been decided by a programme that is another when
 * it is committed, and a change does not see a report that is not committed yet: without this neither counts the one for the other.
 */
import { sql } from 'kysely';
import type { Ymd } from '../plan/dates.ts';
import { feeds } from '../plan/feeds.ts';
import { lastDay } from '../plan/stays.ts';
import { obligationsFedBy, refeedActivities } from './feeds.ts';
import type { StoredProgramme } from './programmes.ts';
import { recount } from './recount.ts';
import { insertOnce, isSqlite, locking, ProgrammeChanged, type Trx } from './transaction.ts';

const lockOf = (programmeId: string): string => `counting ${programmeId}`;

/**
 * The last thing a report does: from here to its end no change of the programme is committed. Throws ProgrammeChanged where one was:
 * the report is decided anew.
 */
export async function holdProgramme(trx: Trx, programme: StoredProgramme): Promise<void> {
  if (isSqlite(trx)) return;
  await trx
    .selectFrom('store_fact')
    .select('name')
    .where('name', '=', lockOf(programme.id))
    .modifyEnd(sql`lock in share mode`)
    .execute();
  const row = await trx.selectFrom('programme').select('version').where('id', '=', programme.id).executeTakeFirst();
  if (row?.version !== programme.version) throw new ProgrammeChanged(programme.id);
}

/** A report may have been under way for this long when it is committed. */
const LONGEST_MS = 600_000;

/**
 * The last thing a change of the programme does: waits for reports that are being committed, and counts those of the time since it
 * began. Those that come after it find another version.
 */
export async function countInFlight(trx: Trx, programme: StoredProgramme, since: number, today: Ymd): Promise<void> {
  if (isSqlite(trx)) return;
  const name = lockOf(programme.id);
  await insertOnce(trx, 'store_fact', { name, value: '' });
  await trx.selectFrom('store_fact').select('name').where('name', '=', name).$call(locking(trx)).execute();
  const rows = await trx
    .selectFrom('activity_change')
    .select('activity_id')
    .distinct()
    .where('programme_id', '=', programme.id)
    .where('at', '>=', since - LONGEST_MS)
    .where('what', '!=', 'imported')
    .execute();
  const ids = rows.map((r) => r.activity_id).sort();
  const fed = await refeedActivities(trx, programme.id, ids, (activity) => feeds(programme, activity), 'all');
  const touched = new Set<string>();
  for (const { activity: a, feedKeys } of fed)
    for (const id of await obligationsFedBy(trx, programme, feedKeys, [a.kind], { start: a.date, end: lastDay(a) }))
      touched.add(id);
  await recount(trx, programme, [...touched], today);
}
