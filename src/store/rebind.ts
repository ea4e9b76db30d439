import { writeMeta } from './meta.ts';
import type { Trx } from './transaction.ts';

/**
 * Gives the store to another app. Open ids belong to an app, so everybody must be recognised again, and messages under way are dropped.
 * Records, photos and programmes stay.
 */
export async function rebindApp(trx: Trx, appId: string): Promise<{ forgotten: number }> {
  await writeMeta(trx, 'app', appId);
  const { numDeletedRows } = await trx.deleteFrom('member').executeTakeFirst();
  // The Bases and the calendar belong to the other app.
  for (const table of ['mirror', 'mirror_table', 'mirror_row', 'mirror_mark', 'roster_base', 'calendar_event'] as const)
    await trx.deleteFrom(table).execute();
  await trx.deleteFrom('store_fact').where('name', '=', 'calendar').execute();
  for (const table of ['claim', 'administrator', 'inbox'] as const) await trx.deleteFrom(table).execute();
  await trx
    .updateTable('notice')
    .set({ state: 'dropped', reason: 'another app' })
    .where('state', 'in', ['planned', 'claimed'])
    .execute();
  await trx.updateTable('chore').set({ state: 'done', body: '{}' }).where('state', '=', 'planned').execute();
  await trx.updateTable('evidence').set({ state: 'refused' }).where('state', '=', 'expected').execute();
  return { forgotten: Number(numDeletedRows) };
}
