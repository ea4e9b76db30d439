import type { Ymd } from '../plan/dates.ts';
import type { Db } from './db.ts';
import { insertOnce, locking, type Trx } from './transaction.ts';

export const MIRRORED = ['schools', 'pairings', 'obligations', 'activities'] as const;
export type Mirrored = (typeof MIRRORED)[number];

/**
 * `wanted`: to be made. `stopped`: the platform refuses until somebody fixes the cause. `off`: switched off on request; the contents of
 * the Base stay.
 */
export type MirrorState = 'wanted' | 'on' | 'stopped' | 'off';

/** The Base of a programme. */
export interface Mirror {
  programmeId: string;
  state: MirrorState;
  /** Undefined until the Base is made. */
  appToken?: string;
  url?: string;
  /** The table that the platform creates with the Base, until there is another one. */
  emptyTable?: string;
  /** The place of a Base that somebody shared with the app; undefined if the app made it. */
  place?: string;
  /** Whether it includes names of staff and their own words. */
  names?: true;
  /** The person who asked for it and is notified of problems. */
  byId: string;
  /** The platform's code that stopped it. */
  code?: number;
  /** The programme's version and the day of the last full comparison. */
  compared?: { version: number; day: Ymd };
  /** The day of the last check for people's changes in the Base. */
  checkedOn?: Ymd;
  /** People's changes in the Base that have not been reported yet. */
  touched?: { edited: number; gone: number };
}

export async function mirrorOf(db: Db | Trx, programmeId: string): Promise<Mirror | undefined> {
  const row = await db.selectFrom('mirror').selectAll().where('programme_id', '=', programmeId).executeTakeFirst();
  return row && fromRow(row);
}

export async function listMirrors(db: Db | Trx): Promise<Mirror[]> {
  return (await db.selectFrom('mirror').selectAll().orderBy('programme_id').execute()).map(fromRow);
}

export async function saveMirror(trx: Trx, { programmeId, state, appToken, ...body }: Mirror): Promise<void> {
  const row = { state, app_token: appToken ?? null, body: JSON.stringify(body) };
  if (await insertOnce(trx, 'mirror', { programme_id: programmeId, ...row })) return;
  await trx.updateTable('mirror').set(row).where('programme_id', '=', programmeId).execute();
}

/** Changes fields of a mirror, whatever else has changed meanwhile. */
export async function changeMirror(
  trx: Trx,
  programmeId: string,
  change: (mirror: Mirror) => Partial<Mirror>,
): Promise<Mirror | undefined> {
  const mirror = await lockMirror(trx, programmeId);
  if (!mirror) return undefined;
  const after = { ...mirror, ...change(mirror) };
  await saveMirror(trx, after);
  return after;
}

/** Adds to the count of people's changes in the Base. */
export const noteTouched = (trx: Trx, programmeId: string, more: { edited?: number; gone?: number }) =>
  changeMirror(trx, programmeId, ({ touched: { edited, gone } = { edited: 0, gone: 0 } }) => ({
    touched: { edited: edited + (more.edited ?? 0), gone: gone + (more.gone ?? 0) },
  }));

/** Reads a mirror and keeps others from changing it until the transaction ends. */
async function lockMirror(trx: Trx, programmeId: string): Promise<Mirror | undefined> {
  const query = trx.selectFrom('mirror').selectAll().where('programme_id', '=', programmeId);
  const row = await query.$call(locking(trx)).executeTakeFirst();
  return row && fromRow(row);
}

type Row = { programme_id: string; state: string; app_token: string | null; body: string };
const fromRow = (r: Row): Mirror => ({
  programmeId: r.programme_id,
  state: r.state as MirrorState,
  ...(r.app_token && { appToken: r.app_token }),
  ...(JSON.parse(r.body) as Pick<Mirror, 'byId'>),
});
