import { ownerOf } from '../plan/places.ts';
import { obligationOf } from './obligations.ts';
import { listProgrammes, programmeReader } from './programmes.ts';
import type { Trx } from './transaction.ts';

const PAGE = 500;

/** Fills in the owner of each duty if a backup of an earlier program lacks it: figures by school are counted by owner. */
export async function nameOwners(trx: Trx): Promise<void> {
  const read = programmeReader();
  for (const { id } of await listProgrammes(trx)) {
    const programme = await read(trx, id);
    const lacking = () =>
      trx
        .selectFrom('obligation')
        .select(['id', 'done', 'body'])
        .where('programme_id', '=', id)
        .where('owner', 'is', null)
        .limit(PAGE)
        .execute();
    for (let rows = await lacking(); rows.length > 0; rows = await lacking())
      for (const row of rows)
        await trx
          .updateTable('obligation')
          .set({ owner: ownerOf(programme, obligationOf(row, programme).obligation) })
          .where('programme_id', '=', id)
          .where('id', '=', row.id)
          .execute();
  }
}
