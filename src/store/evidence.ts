import { sql } from 'kysely';
import type { Db } from './db.ts';
import { locking, type Trx } from './transaction.ts';

/** `expected`: still to be fetched. `refused` and `deleted` have neither bytes nor link. */
export type EvidenceState = 'expected' | 'kept' | 'refused' | 'deleted';

/** One photo, file or link to a Feishu document. */
export interface Evidence {
  id: string;
  programmeId: string;
  /** Absent while it waits for the report that follows. */
  activityId?: string;
  /** The sender, who may see and delete it. */
  personId: string;
  state: EvidenceState;
  /** Its random name on disk. */
  file: string;
  type?: string;
  /** Bytes. */
  size?: number;
  sha256?: string;
  /** For a Feishu document, whose bytes are not stored here. */
  link?: string;
  messageId: string;
  sentAt: number;
}

type Row = {
  programme_id: string;
  id: string;
  activity_id: string | null;
  person_id: string;
  state: string;
  file: string;
  type: string | null;
  size: number | null;
  sha256: string | null;
  link: string | null;
  message_id: string;
  sent_at: number;
};
const fromRow = (r: Row): Evidence => ({
  id: r.id,
  programmeId: r.programme_id,
  ...(r.activity_id ? { activityId: r.activity_id } : {}),
  personId: r.person_id,
  state: r.state as EvidenceState,
  file: r.file,
  ...(r.type ? { type: r.type } : {}),
  ...(r.size === null ? {} : { size: r.size }),
  ...(r.sha256 ? { sha256: r.sha256 } : {}),
  ...(r.link ? { link: r.link } : {}),
  messageId: r.message_id,
  sentAt: Number(r.sent_at),
});

export async function insertEvidence(trx: Trx, e: Omit<Evidence, 'state'>): Promise<void> {
  await trx
    .insertInto('evidence')
    .values({
      programme_id: e.programmeId,
      id: e.id,
      activity_id: e.activityId ?? null,
      person_id: e.personId,
      state: 'expected',
      file: e.file,
      type: null,
      size: null,
      sha256: null,
      link: null,
      message_id: e.messageId,
      sent_at: e.sentAt,
    })
    .execute();
}

/** Reads one row and keeps others from changing it. */
export async function lockEvidence(trx: Trx, programmeId: string, id: string): Promise<Evidence | undefined> {
  const row = await trx
    .selectFrom('evidence')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('id', '=', id)
    .$call(locking(trx))
    .executeTakeFirst();
  return row && fromRow(row);
}

export async function changeEvidence(
  trx: Trx,
  e: Pick<Evidence, 'programmeId' | 'id'>,
  to: Pick<Evidence, 'state' | 'type' | 'size' | 'sha256' | 'link'>,
): Promise<void> {
  const set = to.state === 'kept' ? to : { ...to, link: null };
  await trx.updateTable('evidence').set(set).where('programme_id', '=', e.programmeId).where('id', '=', e.id).execute();
}

/** Stored evidence of activities, in the order in which it was sent. */
export async function evidenceOf(db: Db | Trx, programmeId: string, activityIds: string[]): Promise<Evidence[]> {
  if (activityIds.length === 0) return [];
  const rows = await db
    .selectFrom('evidence')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('activity_id', 'in', activityIds)
    .where('state', '=', 'kept')
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

/** How much evidence each activity has; activities without any have no entry. */
export async function evidenceCounts(
  db: Db | Trx,
  programmeId: string,
  activityIds: string[],
): Promise<Map<string, number>> {
  if (activityIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('evidence')
    .select(['activity_id', sql<number>`count(*)`.as('n')])
    .where('programme_id', '=', programmeId)
    .where('activity_id', 'in', activityIds)
    .where('state', '=', 'kept')
    .groupBy('activity_id')
    .execute();
  return new Map(rows.map((r) => [r.activity_id!, Number(r.n)]));
}

/** The evidence of one message, expected or stored. */
export async function evidenceOfMessage(db: Db | Trx, messageId: string): Promise<Evidence[]> {
  const rows = await db
    .selectFrom('evidence')
    .selectAll()
    .where('message_id', '=', messageId)
    .where('state', 'in', ['expected', 'kept'])
    .execute();
  return rows.map(fromRow);
}

/**
 * What a person has sent since then and no record has taken, locked row by row: most people have sent nothing, and a locking search would
 * wait for others' evidence.
 */
export async function lockWaiting(trx: Trx, programmeId: string, personId: string, since: number): Promise<Evidence[]> {
  const found = await trx
    .selectFrom('evidence')
    .select('id')
    .where('programme_id', '=', programmeId)
    .where('activity_id', 'is', null)
    .where('person_id', '=', personId)
    .where('state', 'in', ['expected', 'kept'])
    .where('sent_at', '>=', since)
    .orderBy('id')
    .execute();
  const waiting: Evidence[] = [];
  for (const { id } of found) {
    const one = await lockEvidence(trx, programmeId, id);
    if (one && !one.activityId && ['expected', 'kept'].includes(one.state)) waiting.push(one);
  }
  return waiting;
}

/** Attaches evidence to this record, and to its programme and reporter. */
export async function attachEvidence(
  trx: Trx,
  e: Pick<Evidence, 'programmeId' | 'id'>,
  to: { id: string; programmeId: string; reporterId: string },
): Promise<void> {
  const update = trx.updateTable('evidence').where('programme_id', '=', e.programmeId).where('id', '=', e.id);
  const moved = e.programmeId !== to.programmeId && { programme_id: to.programmeId, person_id: to.reporterId };
  await update.set({ activity_id: to.id, ...moved }).execute();
}

/** Moves all the evidence of a record to another. */
export async function moveEvidence(
  trx: Trx,
  from: { id: string; programmeId: string },
  to: { id: string; programmeId: string; reporterId?: string },
): Promise<void> {
  const update = trx.updateTable('evidence').where('programme_id', '=', from.programmeId);
  await update
    .where('activity_id', '=', from.id)
    .set({ activity_id: to.id, programme_id: to.programmeId, ...(to.reporterId && { person_id: to.reporterId }) })
    .execute();
}
