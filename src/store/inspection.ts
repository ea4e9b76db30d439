import { activityColumns, activityFrom, type StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { type ActivityNarrowing, happened } from './lists.ts';
import { inChunks, type Trx } from './transaction.ts';

/** Ids of the activities of these days and people: the population of a sample. */
export async function happenedIds(db: Db, programmeId: string, by: ActivityNarrowing): Promise<string[]> {
  const rows = await db.selectFrom('activity').select('id').where(happened(programmeId, by)).execute();
  return rows.map((r) => r.id);
}

/** Activities by id, in no particular order. */
export async function activitiesById(db: Db | Trx, programmeId: string, ids: string[]): Promise<StoredActivity[]> {
  const found: StoredActivity[] = [];
  for (const part of inChunks(ids)) {
    const rows = await db
      .selectFrom('activity')
      .select(activityColumns)
      .where('programme_id', '=', programmeId)
      .where('id', 'in', part)
      .execute();
    found.push(...rows.map(activityFrom));
  }
  return found;
}

/** How many activities of a school's people the other side has confirmed and disputed. */
export async function answersBySchool(
  db: Db,
  programmeId: string,
  by: ActivityNarrowing,
  schoolOf: (personId: string) => string | undefined,
): Promise<Map<string, { confirmed: number; disputed: number }>> {
  const counts = new Map<string, { confirmed: number; disputed: number }>();
  const rows = await db
    .selectFrom('activity')
    .select((eb) => ['by_id', 'confirmation', eb.fn.countAll<number>().as('n')])
    .where(happened(programmeId, by))
    .where('confirmation', 'in', ['confirmed', 'disputed'])
    .groupBy(['by_id', 'confirmation'])
    .execute();
  for (const { by_id, confirmation, n } of rows) {
    const school = schoolOf(by_id);
    if (!school) continue;
    const known = counts.get(school) ?? { confirmed: 0, disputed: 0 };
    const answer = confirmation as keyof typeof known;
    counts.set(school, { ...known, [answer]: known[answer] + Number(n) });
  }
  return counts;
}
