import type { Db } from './db.ts';
import { locking, type Trx } from './transaction.ts';

/** Help that somebody asked their coordinators for. */
export interface HelpRequest {
  id: string;
  personId: string;
  state: 'open' | 'taken' | 'answered' | 'closed';
  askedAt: number;
  text: string;
  /** The duty it is about, and its title. */
  obligationId?: string;
  about?: string;
  /** The coordinator who handles it. */
  takenBy?: string;
  answers: { byId: string; text: string; at: number }[];
}

type Body = Omit<HelpRequest, 'id' | 'personId' | 'state' | 'askedAt'>;
type Row = { id: string; person_id: string; state: string; asked_at: number; body: string };
const fromRow = (r: Row): HelpRequest => ({
  id: r.id,
  personId: r.person_id,
  state: r.state as HelpRequest['state'],
  askedAt: Number(r.asked_at),
  ...(JSON.parse(r.body) as Body),
});
const bodyOf = ({ id, personId, state, askedAt, ...body }: HelpRequest) => JSON.stringify(body satisfies Body);

/** Adds a request, or replaces what is known of it. */
export async function saveHelp(trx: Trx, programmeId: string, help: HelpRequest): Promise<void> {
  const changed = await trx
    .updateTable('help_request')
    .set({ state: help.state, body: bodyOf(help) })
    .where('programme_id', '=', programmeId)
    .where('id', '=', help.id)
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) > 0) return;
  await trx
    .insertInto('help_request')
    .values({
      programme_id: programmeId,
      id: help.id,
      person_id: help.personId,
      state: help.state,
      asked_at: help.askedAt,
      body: bodyOf(help),
    })
    .execute();
}

/** Reads a request and keeps others from changing it. */
export async function lockHelp(trx: Trx, programmeId: string, id: string): Promise<HelpRequest | undefined> {
  const row = await trx
    .selectFrom('help_request')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('id', '=', id)
    .$call(locking(trx))
    .executeTakeFirst();
  return row && fromRow(row);
}

/** Open requests, oldest first. */
export async function openHelp(db: Db | Trx, programmeId: string): Promise<HelpRequest[]> {
  const rows = await db
    .selectFrom('help_request')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('state', '!=', 'closed')
    .orderBy('asked_at')
    .execute();
  return rows.map(fromRow);
}
