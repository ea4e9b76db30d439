import type { Db } from './db.ts';
import { insertOnce, type Trx } from './transaction.ts';

/** A Feishu user as a person of a programme. */
export interface Member {
  openId: string;
  programmeId: string;
  personId: string;
}

/** Everything a Feishu user is, one entry for each programme, in a fixed order. */
export async function membersOf(db: Db | Trx, openId: string): Promise<Member[]> {
  const rows = await db
    .selectFrom('member')
    .innerJoin('programme', 'programme.id', 'member.programme_id')
    .select(['member.open_id', 'member.programme_id', 'member.person_id'])
    .where('member.open_id', '=', openId)
    .orderBy('programme.name')
    .execute();
  return rows.map((r) => ({ openId: r.open_id, programmeId: r.programme_id, personId: r.person_id }));
}

/** Open ids of the people of a programme who have one. */
export async function openIdsOf(db: Db | Trx, programmeId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('member')
    .select(['person_id', 'open_id'])
    .where('programme_id', '=', programmeId)
    .execute();
  return new Map(rows.map((r) => [r.person_id, r.open_id]));
}

/** Binds a Feishu user to a person; false where either is bound already. */
export async function bindMember(trx: Trx, member: Member, now: number): Promise<boolean> {
  return insertOnce(trx, 'member', {
    open_id: member.openId,
    programme_id: member.programmeId,
    person_id: member.personId,
    bound_at: now,
    settings: '{}',
  });
}
