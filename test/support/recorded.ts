import type { World } from './world.ts';

/** The reports that people made in words or by form, in the order in which they were recorded. */
export async function recordsMade<T extends object>(w: World): Promise<(T & { kind: string; status: string })[]> {
  const rows = await w.core.ctx.db
    .selectFrom('activity')
    .select('body')
    .where('cause', 'is not', null)
    .orderBy('recorded_at')
    .execute();
  return rows.map((row) => JSON.parse(row.body) as T & { kind: string; status: string });
}
