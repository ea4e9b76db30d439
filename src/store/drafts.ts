import type { Reading } from '../reading/types.ts';
import type { Db } from './db.ts';
import { inChunks, locking, type Trx } from './transaction.ts';

/** A draft waits for its buttons as long as Feishu allows a card to be changed. */
export const WAITS_MS = 14 * 86_400_000;

/**
 * A report that lacks something, or may repeat the record `duplicateOf` and waits for an answer; or a `change` of records that a message
 * may have meant.
 */
export interface Draft {
  id: string;
  programmeId: string;
  personId: string;
  state: 'open' | 'done' | 'discarded';
  createdAt: number;
  cause?: string;
  reading: Reading;
  duplicateOf?: string;
  /** The message, and what it is about. */
  change?: { text: string; quotes?: string };
}

/** Whether a draft has all that a record needs and only waits for confirmation. */
export const isWhole = ({ reading, duplicateOf }: Draft): boolean =>
  (reading.status === 'done' || reading.status === 'planned') && reading.act === 'confirm' && duplicateOf === undefined;

export async function insertDraft(trx: Trx, draft: Draft): Promise<void> {
  await trx
    .insertInto('draft')
    .values({
      programme_id: draft.programmeId,
      id: draft.id,
      person_id: draft.personId,
      state: draft.state,
      created_at: draft.createdAt,
      cause: draft.cause ?? null,
      body: JSON.stringify(bodyOf(draft)),
    })
    .execute();
}

type Body = Pick<Draft, 'reading' | 'duplicateOf' | 'change'>;
const bodyOf = ({ reading, duplicateOf, change }: Draft): Body => ({ reading, duplicateOf, change });
type Row = {
  programme_id: string;
  id: string;
  person_id: string;
  state: string;
  created_at: number;
  cause: string | null;
  body: string;
};
const fromRow = (row: Row): Draft => ({
  id: row.id,
  programmeId: row.programme_id,
  personId: row.person_id,
  state: row.state as Draft['state'],
  createdAt: Number(row.created_at),
  ...(row.cause ? { cause: row.cause } : {}),
  ...(JSON.parse(row.body) as Body),
});

/** Reads a draft and keeps others from completing it at the same time. */
export async function lockDraft(trx: Trx, programmeId: string, id: string): Promise<Draft | undefined> {
  const row = await trx
    .selectFrom('draft')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('id', '=', id)
    .$call(locking(trx))
    .executeTakeFirst();
  return row && fromRow(row);
}

/**
 * The newest open draft of a person made at or after `since` (under `cause`, if given), locked so that the second of two answers finds it
 * closed. Found first and then locked by its key: a locking search would wait for other people's drafts.
 */
export async function lockOpenDraft(
  trx: Trx,
  programmeId: string,
  personId: string,
  since: number,
  cause?: string,
): Promise<Draft | undefined> {
  const found = await trx
    .selectFrom('draft')
    .select('id')
    .where('programme_id', '=', programmeId)
    .where('person_id', '=', personId)
    .where('created_at', '>=', since)
    .where('state', '=', 'open')
    .$if(cause !== undefined, (q) => q.where('cause', '=', cause!))
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const draft = found && (await lockDraft(trx, programmeId, found.id));
  return draft?.state === 'open' ? draft : undefined;
}

/** What a person has been asked since then and has not answered, oldest first. */
export async function openDraftsOf(
  db: Db | Trx,
  programmeId: string,
  personId: string,
  since: number,
): Promise<Draft[]> {
  const rows = await db
    .selectFrom('draft')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('person_id', '=', personId)
    .where('created_at', '>=', since)
    .where('state', '=', 'open')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

/** When the newest waiting report of each of these people began to wait; people with none are left out. */
export async function waitingOf(
  db: Db | Trx,
  programmeId: string,
  personIds: string[],
  since: number,
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const ids of inChunks(personIds)) {
    const rows = await db
      .selectFrom('draft')
      .select(['person_id', (eb) => eb.fn.max('created_at').as('newest')])
      .where('programme_id', '=', programmeId)
      .where('person_id', 'in', ids)
      .where('created_at', '>=', since)
      .where('state', '=', 'open')
      .groupBy('person_id')
      .execute();
    for (const row of rows) found.set(row.person_id, Number(row.newest));
  }
  return found;
}

/** Closes a draft, which the caller has locked and found open. */
export async function closeDraft(trx: Trx, draft: Draft, state: 'done' | 'discarded'): Promise<void> {
  await trx
    .updateTable('draft')
    .set({ state })
    .where('programme_id', '=', draft.programmeId)
    .where('id', '=', draft.id)
    .execute();
}

/** Stores what an answer added to a draft that is still incomplete. */
export async function updateDraft(trx: Trx, draft: Draft): Promise<void> {
  await trx
    .updateTable('draft')
    .set({ body: JSON.stringify(bodyOf(draft)) })
    .where('programme_id', '=', draft.programmeId)
    .where('id', '=', draft.id)
    .execute();
}
