import type { Db } from './db.ts';
import { insertOnce, type Trx } from './transaction.ts';

/** The lists that may be kept in a Base, by the name of the table. */
export const BASE_LISTS = ['人员', '结对', '帮扶名单', 'people', 'pairings', 'care'];

/** A Base in which a coordinator keeps lists of a programme. */
export interface RosterBase {
  programmeId: string;
  /** As in `basePlaceIn`: the token of a Base, or of the wiki page that holds it. */
  place: string;
  /** Who named it, and in which message: previews answer that message. */
  openId: string;
  messageId: string;
  /** The revision of each table when it was last read, by table. */
  seen: Record<string, number>;
}

export async function listRosterBases(db: Db | Trx): Promise<RosterBase[]> {
  const rows = await db.selectFrom('roster_base').selectAll().orderBy('programme_id').orderBy('app_token').execute();
  return rows.map((r) => ({
    programmeId: r.programme_id,
    place: r.app_token,
    openId: r.open_id,
    messageId: r.message_id,
    seen: JSON.parse(r.seen),
  }));
}

export async function saveRosterBase(trx: Trx, base: RosterBase): Promise<void> {
  const { programmeId, place, openId, messageId, seen } = base;
  const row = { open_id: openId, message_id: messageId, seen: JSON.stringify(seen) };
  if (await insertOnce(trx, 'roster_base', { programme_id: programmeId, app_token: place, ...row })) return;
  await trx
    .updateTable('roster_base')
    .set(row)
    .where('programme_id', '=', programmeId)
    .where('app_token', '=', place)
    .execute();
}

/** Stops watching the Bases that somebody named; returns how many there were. */
export async function forgetRosterBases(trx: Trx, programmeId: string, openId: string): Promise<number> {
  const done = await trx
    .deleteFrom('roster_base')
    .where('programme_id', '=', programmeId)
    .where('open_id', '=', openId)
    .executeTakeFirst();
  return Number(done.numDeletedRows);
}
