import type { Reading } from '../reading/types.ts';
import { locking, type Trx } from './transaction.ts';

/** A report that still lacks something, or that may repeat the record `duplicateOf` and waits to be told. */
export interface Draft {
  id: string;
  programmeId: string;
  personId: string;
  state: 'open' | 'done' | 'discarded';
  createdAt: number;
  cause?: string;
  reading: Reading;
  duplicateOf?: string;
}

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
      body: JSON.stringify({ reading: draft.reading, duplicateOf: draft.duplicateOf } satisfies Body),
    })
    .execute();
}

type Body = Pick<Draft, 'reading' | 'duplicateOf'>;
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
 * The newest open draft of a person made at or after `since`, if any; locked, so that of two answers at once the second finds it
 * closed. Looked for first and locked by its key: a locking search would wait for other people's drafts on its way.
 */
export async function lockOpenDraft(
  trx: Trx,
  programmeId: string,
  personId: string,
  since: number,
): Promise<Draft | undefined> {
  const found = await trx
    .selectFrom('draft')
    .select('id')
    .where('programme_id', '=', programmeId)
    .where('person_id', '=', personId)
    .where('created_at', '>=', since)
    .where('state', '=', 'open')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const draft = found && (await lockDraft(trx, programmeId, found.id));
  return draft?.state === 'open' ? draft : undefined;
}

/** The draft must be locked by the caller, and open. */
export async function closeDraft(trx: Trx, draft: Draft, state: 'done' | 'discarded'): Promise<void> {
  await trx
    .updateTable('draft')
    .set({ state })
    .where('programme_id', '=', draft.programmeId)
    .where('id', '=', draft.id)
    .execute();
}

/** Keeps what an answer added to a draft that is still not whole. */
export async function updateDraft(trx: Trx, draft: Draft): Promise<void> {
  await trx
    .updateTable('draft')
    .set({ body: JSON.stringify({ reading: draft.reading, duplicateOf: draft.duplicateOf } satisfies Body) })
    .where('programme_id', '=', draft.programmeId)
    .where('id', '=', draft.id)
    .execute();
}
