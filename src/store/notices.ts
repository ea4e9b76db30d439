import type { Db } from './db.ts';
import { fromRow, type Line, type NewNotice, type Notice, noticeRow, type Outgoing } from './notice-row.ts';
import { insertOnce, type Trx } from './transaction.ts';

/** What the queue is told of a notice: where it waits, and the job id that the next attempt goes by. */
export interface Hint {
  id: string;
  line: Line | 'chores';
  attempt: number;
  /** For one that is not due yet. */
  delayMs?: number;
  /** Makes another job of it, where one under the usual id may still be held by a process that died. */
  anew?: string;
}

/** Plans a notice unless its identity is known. */
export async function planNotice(trx: Trx, notice: NewNotice): Promise<boolean> {
  return insertOnce(trx, 'notice', noticeRow(notice));
}

/** Plans an emoji under the message that is being answered: sent like any answer, and spared first near the quota. */
export async function planReaction(
  trx: Trx,
  to: Pick<NewNotice, 'id' | 'recipient' | 'programmeId' | 'personId' | 'cause'> & { messageId: string; emoji: string },
  now: number,
): Promise<Hint[]> {
  const { messageId, emoji, ...who } = to;
  const outgoing: Outgoing = { op: 'react', messageId, emoji, card: {}, text: '' };
  const identity = `reaction:${messageId}`;
  const fresh = await planNotice(trx, { ...who, identity, kind: 'reaction', line: 'answers', dueAt: now, outgoing });
  return fresh ? [{ id: to.id, line: 'answers', attempt: 0 }] : [];
}

/** Unsent notices that one event made; a repeated event pushes them on. */
export async function unsentOfCause(db: Db | Trx, cause: string): Promise<Hint[]> {
  const rows = await db
    .selectFrom('notice')
    .select(['id', 'line', 'attempt'])
    .where('cause', '=', cause)
    .where('state', 'in', ['planned', 'claimed'])
    .execute();
  return rows as Hint[];
}

/** Makes a notice that was dropped wait again. Only for one that never went out. */
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

/** The notice of an identity, in whatever state. */
export async function noticeByIdentity(db: Db | Trx, identity: string): Promise<Notice | undefined> {
  const row = await db.selectFrom('notice').selectAll().where('identity', '=', identity).executeTakeFirst();
  return row && fromRow(row);
}

/** The notice behind a message that the bot sent. */
export async function noticeOfMessage(db: Db | Trx, messageId: string): Promise<Notice | undefined> {
  const row = await db.selectFrom('notice').selectAll().where('message_id', '=', messageId).executeTakeFirst();
  return row && fromRow(row);
}

/** A card whose place something else has taken: it shows what this cause made from now on. */
export async function adoptCard(trx: Trx, messageId: string, cause: string): Promise<void> {
  await trx.updateTable('notice').set({ cause, kind: 'answer' }).where('message_id', '=', messageId).execute();
}

/** Redrawings of a card that have not begun are overtaken by the one that follows. */
export async function dropRedraws(trx: Trx, messageId: string): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ state: 'dropped', reason: 'redrawn again' })
    .where('identity', 'like', `patch:${messageId}:%`)
    .where('state', '=', 'planned')
    .execute();
}

/** Notices that one message or click caused, with where they were sent. */
export async function noticesOfCause(db: Db | Trx, cause: string): Promise<Notice[]> {
  const rows = await db.selectFrom('notice').selectAll().where('cause', '=', cause).orderBy('id').execute();
  return rows.map(fromRow);
}
