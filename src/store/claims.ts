import type { Db } from './db.ts';
import { insertOnce, locking, type Trx } from './transaction.ts';

/** A Feishu user in no roster, and the decision about them. */
export interface ClaimRequest {
  id: string;
  programmeId: string;
  openId: string;
  /** As in their Feishu profile. */
  name: string;
  state: 'open' | 'claimed' | 'rejected';
  /** The person they were claimed as. */
  personId?: string;
}

/** Notes that somebody waits; false if that is known. */
export async function openClaim(trx: Trx, claim: Omit<ClaimRequest, 'state'>, now: number): Promise<boolean> {
  const { id, programmeId, openId, name } = claim;
  const row = { id, programme_id: programmeId, open_id: openId, name, person_id: null, asked_at: now };
  return insertOnce(trx, 'claim', { ...row, state: 'open' });
}

/** Lets coordinators be asked again about a user whose earlier request was settled. */
export async function forgetClaim(trx: Trx, programmeId: string, openId: string): Promise<void> {
  await trx
    .deleteFrom('claim')
    .where('programme_id', '=', programmeId)
    .where('open_id', '=', openId)
    .where('state', '!=', 'open')
    .execute();
}

/** Reads a request and keeps other coordinators from deciding it at the same time. */
export async function lockClaim(trx: Trx, programmeId: string, id: string): Promise<ClaimRequest | undefined> {
  const r = await trx
    .selectFrom('claim')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('id', '=', id)
    .$call(locking(trx))
    .executeTakeFirst();
  return (
    r && {
      id: r.id,
      programmeId: r.programme_id,
      openId: r.open_id,
      name: r.name,
      state: r.state as ClaimRequest['state'],
      ...(r.person_id ? { personId: r.person_id } : {}),
    }
  );
}

export async function settleClaim(
  trx: Trx,
  claim: ClaimRequest,
  to: { state: 'claimed' | 'rejected'; personId?: string },
): Promise<void> {
  await trx
    .updateTable('claim')
    .set({ state: to.state, person_id: to.personId ?? null })
    .where('id', '=', claim.id)
    .execute();
}

/** Whether coordinators have been asked about this user before. */
export async function isWaiting(db: Db | Trx, openId: string): Promise<boolean> {
  return Boolean(await db.selectFrom('claim').select('id').where('open_id', '=', openId).limit(1).executeTakeFirst());
}
