import type { Db } from './db.ts';
import { readMeta } from './meta.ts';
import { insertOnce, locking, type Trx } from './transaction.ts';

/** The name under which the code for the first administrator is kept until it is used. */
const CODE = 'administrator_code';

export async function isAdministrator(db: Db | Trx, openId: string): Promise<boolean> {
  const row = await db.selectFrom('administrator').select('open_id').where('open_id', '=', openId).executeTakeFirst();
  return row !== undefined;
}

export async function administrators(db: Db | Trx): Promise<string[]> {
  const rows = await db.selectFrom('administrator').select('open_id').orderBy('since').execute();
  return rows.map((r) => r.open_id);
}

/**
 * The one-time code that makes its sender the first administrator; undefined once there is one, or once anybody uses the bot. Stored as
 * plain text, not as a hash: processes that start together must print the same code, and it gives a reader of the store no further access.
 */
export async function firstCode(trx: Trx, propose: string): Promise<string | undefined> {
  for (const table of ['administrator', 'member'] as const)
    if (await trx.selectFrom(table).select('open_id').limit(1).executeTakeFirst()) return undefined;
  await insertOnce(trx, 'store_fact', { name: CODE, value: propose });
  return readMeta(trx, CODE);
}

/** Uses the code up; false if it is not the waiting one. */
export async function redeemCode(trx: Trx, code: string, openId: string, now: number): Promise<boolean> {
  const row = await trx
    .selectFrom('store_fact')
    .select('value')
    .where('name', '=', CODE)
    .$call(locking(trx))
    .executeTakeFirst();
  if (!row || row.value !== code) return false;
  await trx.deleteFrom('store_fact').where('name', '=', CODE).execute();
  return insertOnce(trx, 'administrator', { open_id: openId, since: now });
}
