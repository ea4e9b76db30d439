import type { Db } from './db.ts';
import { inChunks, insertOnce, type Trx } from './transaction.ts';

/** A fact about this store itself, or undefined. */
export async function readMeta(db: Db | Trx, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('store_fact').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value;
}

/** The known ones of these facts. */
export async function knownFacts(db: Db | Trx, names: string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (const part of inChunks(names)) {
    const rows = await db.selectFrom('store_fact').select('name').where('name', 'in', part).execute();
    for (const row of rows) known.add(row.name);
  }
  return known;
}

export async function writeMeta(trx: Trx, name: string, value: string): Promise<void> {
  if (await insertOnce(trx, 'store_fact', { name, value })) return;
  await trx.updateTable('store_fact').set({ value }).where('name', '=', name).execute();
}

/** Binds an unbound store to `appId` (`sandbox` or `cli_…`) and returns the app it belongs to from then on. */
export async function bindApp(trx: Trx, appId: string): Promise<string> {
  await insertOnce(trx, 'store_fact', { name: 'app', value: appId });
  return (await readMeta(trx, 'app'))!;
}
