import type { Db } from './db.ts';
import type { NoticeState } from './notice-row.ts';
import { inChunks, type Trx } from './transaction.ts';

/** One message that was sent, is planned, or was not sent, for finding out why. */
export interface LoggedNotice {
  id: string;
  kind: string;
  state: NoticeState;
  personId?: string;
  /** When it was sent, or else is due; epoch ms. */
  at: number;
  reason?: string;
  /** What a reminder tells, by kind of part. */
  parts: string[];
}

/** Notices to people of a programme, latest first, without updates of cards. `personIds` absent: to everybody. */
export async function noticeLog(
  db: Db | Trx,
  programmeId: string,
  personIds: string[] | undefined,
  { page, size }: { page: number; size: number },
): Promise<{ rows: LoggedNotice[]; total: number }> {
  if (personIds?.length === 0) return { rows: [], total: 0 };
  const all = db
    .selectFrom('notice')
    .where('programme_id', '=', programmeId)
    .where('kind', 'not in', ['redraw', 'urgent', 'reaction'])
    .$if(personIds !== undefined, (q) => q.where('person_id', 'in', personIds!));
  const { n } = await all.select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow();
  const rows = await all
    .select(['id', 'kind', 'state', 'person_id', 'due_at', 'sent_at', 'reason'])
    .orderBy('id', 'desc')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  const parts = await partKinds(
    db,
    rows.map((r) => r.id),
  );
  return {
    total: Number(n),
    rows: rows.map((r) => ({
      id: r.id,
      kind: r.kind,
      state: r.state as NoticeState,
      ...(r.person_id ? { personId: r.person_id } : {}),
      at: Number(r.sent_at ?? r.due_at),
      ...(r.reason ? { reason: r.reason } : {}),
      parts: parts.get(r.id) ?? [],
    })),
  };
}

async function partKinds(db: Db | Trx, noticeIds: string[]): Promise<Map<string, string[]>> {
  const kinds = new Map<string, string[]>();
  for (const ids of inChunks(noticeIds)) {
    const rows = await db
      .selectFrom('reminder')
      .select(['notice_id', 'kind'])
      .distinct()
      .where('notice_id', 'in', ids)
      .orderBy('kind')
      .execute();
    for (const r of rows) kinds.set(r.notice_id, [...(kinds.get(r.notice_id) ?? []), r.kind]);
  }
  return kinds;
}
