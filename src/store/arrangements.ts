import type { Arrangement } from '../plan/arrangement.ts';
import type { RosterUndo } from './change-roster.ts';
import type { Db } from './db.ts';
import { locking, type Trx } from './transaction.ts';

/** An arrangement that somebody has proposed, and what became of it. */
export interface Proposal {
  id: string;
  /** Grows with each change, so that an older card of it does nothing. */
  version: number;
  /** `asked`: proposed to the coordinators by somebody who may not arrange it. */
  state: 'proposed' | 'asked' | 'done' | 'undone' | 'dropped' | 'refused';
  /** Who proposed it. */
  personId: string;
  createdAt: number;
  doneAt?: number;
  arrangement: Arrangement;
  /** The proposer's words, if a coordinator is asked. */
  words?: string;
  /** The message that proposed it, which its cards carry. */
  cause?: string;
  /** Who decided. */
  byId?: string;
  undo?: RosterUndo;
}

type Body = Pick<Proposal, 'arrangement' | 'words' | 'cause' | 'byId' | 'undo'>;

/** Adds a proposal, or replaces what is known of it. */
export async function saveProposal(trx: Trx, programmeId: string, proposal: Proposal): Promise<void> {
  const { id, version, state, personId, createdAt, doneAt = null, arrangement, words, cause, byId, undo } = proposal;
  const body = JSON.stringify({ arrangement, words, cause, byId, undo } satisfies Body);
  const changed = await trx
    .updateTable('arrangement')
    .set({ version, state, done_at: doneAt, body })
    .where('programme_id', '=', programmeId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) > 0) return;
  const row = { programme_id: programmeId, id, version, state, person_id: personId, created_at: createdAt };
  await trx
    .insertInto('arrangement')
    .values({ ...row, done_at: doneAt, body })
    .execute();
}

/** Reads a proposal and keeps others from deciding it at the same time. */
export async function lockProposal(trx: Trx, programmeId: string, id: string): Promise<Proposal | undefined> {
  const row = await trx
    .selectFrom('arrangement')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('id', '=', id)
    .$call(locking(trx))
    .executeTakeFirst();
  return row && fromRow(row);
}

/** The last arrangement of this person since then that has not been taken back. */
export async function lastDoneBy(
  db: Db | Trx,
  programmeId: string,
  personId: string,
  since: number,
): Promise<Proposal | undefined> {
  const row = await db
    .selectFrom('arrangement')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('person_id', '=', personId)
    .where('state', '=', 'done')
    .where('done_at', '>=', since)
    .orderBy('done_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && fromRow(row);
}

/** Proposals since then that are not decided, newest first. */
export async function openProposals(db: Db | Trx, programmeId: string, since: number): Promise<Proposal[]> {
  const rows = await db
    .selectFrom('arrangement')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('state', 'in', ['proposed', 'asked'])
    .where('created_at', '>=', since)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(fromRow);
}

const fromRow = (row: {
  id: string;
  version: number;
  state: string;
  person_id: string;
  created_at: number;
  done_at: number | null;
  body: string;
}): Proposal => ({
  id: row.id,
  version: Number(row.version),
  state: row.state as Proposal['state'],
  personId: row.person_id,
  createdAt: Number(row.created_at),
  ...(row.done_at !== null && { doneAt: Number(row.done_at) }),
  ...(JSON.parse(row.body) as Body),
});
