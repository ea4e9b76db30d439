/**
 * Reports that run at the same time as a change of the programme. On MySQL a report may be decided by one version and committed under the
 * next, and the change cannot see it before it is committed: without these locks nothing would count the report by the new version.
 */
import type { ExpressionBuilder } from 'kysely';
import type { Ymd } from '../plan/dates.ts';
import { feeds } from '../plan/feeds.ts';
import { dutiesFedBy, refeedActivities } from './feeds.ts';
import type { StoredProgramme } from './programmes.ts';
import { recount } from './recount.ts';
import type { Tables } from './schema.ts';
import { insertMissing, isSqlite, locking, ProgrammeChanged, type Trx } from './transaction.ts';

/** A report takes one of these locks, a programme change all: not every engine has shared locks. */
const LOCKS = 16;
const lockOf = (programmeId: string, k: number): string => `counting ${programmeId} ${k}`;

/** Who must be notified of new records. */
export interface Listeners {
  /** The programme is mirrored. */
  mirror: boolean;
  /** A system of the bureau subscribes to events. */
  hooks: boolean;
}

/**
 * Holds off changes of the programme until the report is committed, and makes a person's reports wait for each other. Throws
 * ProgrammeChanged after a change: the report is decided again. The same statement returns who must be notified.
 */
export async function holdProgramme(trx: Trx, programme: StoredProgramme, personId: string): Promise<Listeners> {
  if (!isSqlite(trx)) {
    const k = Buffer.from(personId).reduce((sum, byte) => sum + byte, 0) % LOCKS;
    await trx
      .selectFrom('store_fact')
      .select('name')
      .where('name', '=', lockOf(programme.id, k))
      .$call(locking(trx))
      .execute();
  }
  const row = await trx
    .selectFrom('programme')
    .leftJoin('mirror', 'mirror.programme_id', 'programme.id')
    .select(['programme.version', 'mirror.state', (eb) => anyHook(eb).as('hook')])
    .where('programme.id', '=', programme.id)
    .executeTakeFirst();
  if (!isSqlite(trx) && row?.version !== programme.version) throw new ProgrammeChanged(programme.id);
  return { mirror: row?.state != null && row.state !== 'off', hooks: row?.hook != null };
}

const anyHook = (eb: ExpressionBuilder<Tables, 'programme'>) =>
  eb
    .selectFrom('hook')
    .select((one) => one.fn.min('hook.id').as('id'))
    .where('hook.removed_at', 'is', null);

/** The longest that a report may take before it is committed. */
const LONGEST_MS = 600_000;

/**
 * The last step of a programme change: waits for reports that are being committed, and counts those made since it began. Later reports
 * find another version.
 */
export async function countInFlight(trx: Trx, programme: StoredProgramme, since: number, today: Ymd): Promise<void> {
  if (isSqlite(trx)) return;
  await awaitReports(trx, programme.id);
  await countAgain(trx, programme, await changedSince(trx, programme.id, since), today);
}

/** Waits for reports that are being committed; others wait for this transaction. */
export async function awaitReports(trx: Trx, programmeId: string): Promise<void> {
  const names = Array.from({ length: LOCKS }, (_, k) => lockOf(programmeId, k)).sort();
  const known = await trx.selectFrom('store_fact').select('name').where('name', 'in', names).execute();
  const fresh = names.filter((name) => !known.some((row) => row.name === name));
  if (fresh.length > 0)
    await insertMissing(
      trx,
      'store_fact',
      fresh.map((name) => ({ name, value: '' })),
    );
  await trx
    .selectFrom('store_fact')
    .select('name')
    .where('name', 'in', names)
    .orderBy('name')
    .$call(locking(trx))
    .execute();
}

/** Ids of the records made or changed since an instant, and for as long before it as a report may take. */
export async function changedSince(trx: Trx, programmeId: string, since: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('activity_change')
    .select('activity_id')
    .distinct()
    .where('programme_id', '=', programmeId)
    .where('at', '>=', since - LONGEST_MS)
    .where('what', '!=', 'imported')
    .execute();
  return rows.map((r) => r.activity_id).sort();
}

/** Recomputes what these records feed, and counts it. */
export async function countAgain(trx: Trx, programme: StoredProgramme, ids: string[], today: Ymd): Promise<void> {
  const refed = await refeedActivities(trx, programme.id, ids, (activity) => feeds(programme, activity), 'all');
  await recount(trx, programme, await dutiesFedBy(trx, programme, refed), today);
}
