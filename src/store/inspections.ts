import type { Inspection } from '../plan/inspection.ts';
import type { Db } from './db.ts';
import { locking, type Trx } from './transaction.ts';

type Body = Omit<Inspection, 'id' | 'personId' | 'state' | 'openedAt'>;
type Row = { id: string; person_id: string; state: string; opened_at: number; body: string };
const fromRow = (r: Row): Inspection => ({
  id: r.id,
  personId: r.person_id,
  state: r.state as Inspection['state'],
  openedAt: Number(r.opened_at),
  ...(JSON.parse(r.body) as Body),
});
const bodyOf = ({ id, personId, state, openedAt, ...body }: Inspection) => JSON.stringify(body satisfies Body);

/** Adds an inspection, or replaces what is known of it. */
export async function saveInspection(trx: Trx, programmeId: string, inspection: Inspection): Promise<void> {
  const { id, state, personId, openedAt } = inspection;
  const changed = await trx
    .updateTable('inspection')
    .set({ state, body: bodyOf(inspection) })
    .where('programme_id', '=', programmeId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) > 0) return;
  await trx
    .insertInto('inspection')
    .values({
      programme_id: programmeId,
      id,
      person_id: personId,
      state,
      opened_at: openedAt,
      body: bodyOf(inspection),
    })
    .execute();
}

/** Reads an inspection and keeps others from changing it. */
export async function lockInspection(trx: Trx, programmeId: string, id: string): Promise<Inspection | undefined> {
  const row = await trx
    .selectFrom('inspection')
    .selectAll()
    .where('programme_id', '=', programmeId)
    .where('id', '=', id)
    .$call(locking(trx))
    .executeTakeFirst();
  return row && fromRow(row);
}

/** All inspections of a programme, or those not yet closed, the newest first. */
export async function inspectionsOf(
  db: Db | Trx,
  programmeId: string,
  { open = false }: { open?: boolean } = {},
): Promise<Inspection[]> {
  let query = db.selectFrom('inspection').selectAll().where('programme_id', '=', programmeId);
  if (open) query = query.where('state', '!=', 'closed');
  const rows = await query.orderBy('opened_at', 'desc').orderBy('id', 'desc').execute();
  return rows.map(fromRow);
}
