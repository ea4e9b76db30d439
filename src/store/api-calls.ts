import type { Db } from './db.ts';
import { insertOnce, transact } from './transaction.ts';

/** Adds to a month's calls and returns the total of all processes so far. `month` is `YYYY-MM`. */
export async function addCalls(db: Db, month: string, calls: number): Promise<number> {
  return transact(db, async (trx) => {
    if (calls > 0) {
      await insertOnce(trx, 'api_call', { month, calls: 0 });
      await trx
        .updateTable('api_call')
        .set((eb) => ({ calls: eb('calls', '+', calls) }))
        .where('month', '=', month)
        .execute();
    }
    const row = await trx.selectFrom('api_call').select('calls').where('month', '=', month).executeTakeFirst();
    return Number(row?.calls ?? 0);
  });
}
