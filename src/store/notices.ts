import type { Db } from './db.ts';
import { type Line, type Notice, noticeFromRow, type Outgoing } from './notice-row.ts';
import type { Trx } from './transaction.ts';

/** A notice in the queue: its line, and the job id of the next attempt. */
export interface Hint {
  id: string;
  line: Line | 'chores';
  attempt: number;
  /** For a notice that is not due yet. */
  delayMs?: number;
  /** Makes another job id, in case a dead process still holds the usual one. */
  jobSuffix?: string;
}

/** Unsent notices of one event; a repeat of the event pushes them on. */
export async function unsentOfCause(db: Db | Trx, cause: string): Promise<Hint[]> {
  const rows = await db
    .selectFrom('notice')
    .select(['id', 'line', 'attempt'])
    .where('cause', '=', cause)
    .where('state', 'in', ['planned', 'claimed'])
    .execute();
  return rows as Hint[];
}

/** Plans a dropped notice again. Only for one that never went out. */
export async function replan(trx: Trx, id: string, outgoing: Outgoing, now: number): Promise<void> {
  await trx
    .updateTable('notice')
    .set({
      state: 'planned',
      reason: null,
      claimed_at: null,
      lease_until: 0,
      due_at: now,
      body: JSON.stringify(outgoing),
    })
    .where('id', '=', id)
    .where('state', '=', 'dropped')
    .execute();
}

/** The notice of an identity, in any state. */
export async function noticeByIdentity(db: Db | Trx, identity: string): Promise<Notice | undefined> {
  const row = await db.selectFrom('notice').selectAll().where('identity', '=', identity).executeTakeFirst();
  return row && noticeFromRow(row);
}

/** The notice of a message that the bot sent. */
export async function noticeOfMessage(db: Db | Trx, messageId: string): Promise<Notice | undefined> {
  const row = await db.selectFrom('notice').selectAll().where('message_id', '=', messageId).executeTakeFirst();
  return row && noticeFromRow(row);
}

/** From now on a replaced card shows what this cause made (in that post). */
export async function adoptCard(
  trx: Trx,
  messageId: string,
  cause: string,
  post?: { programmeId: string; personId: string },
): Promise<void> {
  const to = post && { programme_id: post.programmeId, person_id: post.personId };
  await trx
    .updateTable('notice')
    .set({ cause, kind: 'answer', ...to })
    .where('message_id', '=', messageId)
    .execute();
}

/** Notices that one message or click caused, with their messages. */
export async function noticesOfCause(db: Db | Trx, cause: string): Promise<Notice[]> {
  const rows = await db.selectFrom('notice').selectAll().where('cause', '=', cause).orderBy('id').execute();
  return rows.map(noticeFromRow);
}
