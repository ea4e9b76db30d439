import type { Ymd } from '../plan/dates.ts';
import { identityOf } from '../plan/identities.ts';
import type { ReminderPart } from '../plan/notices/index.ts';
import type { Db } from './db.ts';
import { type NewNotice, noticeRow } from './notice-row.ts';
import type { Hint } from './notices.ts';
import { inChunks, insertMissing, type Trx } from './transaction.ts';

/** A part of a card with its programme: a user with several posts gets one card for all of them. */
export interface PartIn {
  programmeId: string;
  part: ReminderPart;
}

/** A card to one user with all its parts. It is drawn when it is sent, from the counts of that moment. */
export interface PlannedCard {
  notice: NewNotice;
  /** Its parts; each is sent once for all time. */
  parts: PartIn[];
  day: Ymd;
}

/** Stores cards and their parts. Returns hints for those that no other planner stored first. */
export async function planCards(trx: Trx, cards: PlannedCard[]): Promise<Hint[]> {
  await insertMissing(
    trx,
    'notice',
    cards.map(({ notice }) => noticeRow(notice)),
  );
  const inserted = new Set<string>();
  for (const ids of inChunks(cards.map(({ notice }) => notice.id)))
    for (const { id } of await trx.selectFrom('notice').select('id').where('id', 'in', ids).execute()) inserted.add(id);
  const rows = cards
    .filter(({ notice }) => inserted.has(notice.id))
    .flatMap(({ notice, parts, day }) => parts.map((part) => partRow(part, notice, day)));
  await insertMissing(trx, 'reminder', rows);
  return [...inserted].map((id) => ({ id, line: 'notices', attempt: 0 }));
}

const partRow = ({ programmeId, part }: PartIn, notice: NewNotice, day: Ymd) => ({
  identity: identityOf(part),
  programme_id: programmeId,
  person_id: part.recipientId,
  kind: part.kind,
  subject: part.key,
  day,
  notice_id: notice.id,
  body: JSON.stringify(part),
});

/** Adds parts to a card that is planned or sent already; skips those that were sent before. */
export async function addParts(trx: Trx, notice: NewNotice, parts: PartIn[], day: Ymd): Promise<void> {
  await insertMissing(
    trx,
    'reminder',
    parts.map((p) => partRow(p, notice, day)),
  );
}

/** The parts of a card, and the day it is for. */
export async function partsOf(db: Db | Trx, noticeId: string): Promise<{ parts: PartIn[]; day: Ymd } | undefined> {
  const rows = await db
    .selectFrom('reminder')
    .select(['day', 'programme_id', 'body'])
    .where('notice_id', '=', noticeId)
    .orderBy('identity')
    .execute();
  if (rows.length === 0) return undefined;
  const parts = rows.map((r) => ({ programmeId: r.programme_id, part: JSON.parse(r.body) as ReminderPart }));
  return { parts, day: rows[0]!.day };
}

/** Removes the parts of a card that was never sent (of one person, if given), so that the next morning decides afresh. */
export async function releaseParts(trx: Trx, noticeId: string, personId?: string): Promise<void> {
  await trx
    .deleteFrom('reminder')
    .where('notice_id', '=', noticeId)
    .$if(personId !== undefined, (q) => q.where('person_id', '=', personId!))
    .execute();
}

/** Identities of all parts sent to, or planned for, these people since a day. */
export async function sentTo(db: Db | Trx, programmeId: string, personIds: string[], since: Ymd): Promise<Set<string>> {
  const identities = new Set<string>();
  for (const ids of inChunks(personIds)) {
    const rows = await db
      .selectFrom('reminder')
      .select('identity')
      .where('programme_id', '=', programmeId)
      .where('person_id', 'in', ids)
      .where('day', '>=', since)
      .execute();
    for (const { identity } of rows) identities.add(identity);
  }
  return identities;
}

/** Identities of all parts about these duties, sent to anybody before a day. */
export async function sentAbout(db: Db | Trx, programmeId: string, subjects: string[], before: Ymd): Promise<string[]> {
  const identities: string[] = [];
  for (const part of inChunks(subjects)) {
    const rows = await db
      .selectFrom('reminder')
      .select('identity')
      .where('programme_id', '=', programmeId)
      .where('subject', 'in', part)
      .where('day', '<', before)
      .execute();
    for (const { identity } of rows) identities.push(identity);
  }
  return identities;
}

/** The day of each person's last nudge about each duty: `person|obligation`. Only since a day. */
export async function nudgedSince(
  db: Db | Trx,
  programmeId: string,
  personIds: string[],
  since: Ymd,
): Promise<Map<string, Ymd>> {
  const last = new Map<string, Ymd>();
  for (const ids of inChunks(personIds)) {
    const rows = await db
      .selectFrom('reminder')
      .select(['person_id', 'subject', 'day'])
      .where('programme_id', '=', programmeId)
      .where('person_id', 'in', ids)
      .where('day', '>=', since)
      .where('kind', '=', 'nudge')
      .orderBy('day')
      .execute();
    for (const r of rows) last.set(`${r.person_id}|${r.subject}`, r.day);
  }
  return last;
}

/** Cards sent to these people since an instant with a part that `concerns` the change: they are redrawn. */
export async function cardsNaming(
  trx: Trx,
  programmeId: string,
  personIds: string[],
  concerns: (part: ReminderPart) => boolean,
  since: { day: Ymd; sentAt: number },
): Promise<{ id: string; messageId: string; recipient: string; personId: string }[]> {
  if (personIds.length === 0) return [];
  const rows = await trx
    .selectFrom('reminder')
    .innerJoin('notice', 'notice.id', 'reminder.notice_id')
    .select(['notice.id', 'notice.message_id', 'notice.recipient', 'reminder.person_id', 'reminder.body'])
    .where('reminder.programme_id', '=', programmeId)
    .where('reminder.person_id', 'in', personIds)
    .where('reminder.day', '>=', since.day)
    .where('notice.state', 'in', ['sent', 'read'])
    .where('notice.sent_at', '>=', since.sentAt)
    .where('notice.message_id', 'is not', null)
    // A card that now shows records keeps showing them.
    .where('notice.cause', 'is', null)
    .execute();
  const naming = rows.filter((r) => {
    const part = JSON.parse(r.body) as ReminderPart;
    return part.recipientId === r.person_id && part.kind !== 'coordinator-digest' && concerns(part);
  });
  return [...new Map(naming.map((r) => [r.id, r])).values()].map((r) => ({
    id: r.id,
    messageId: r.message_id!,
    recipient: r.recipient,
    personId: r.person_id,
  }));
}
