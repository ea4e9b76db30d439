import { activityColumns, activityFrom, type StoredActivity } from './activities.ts';
import type { Db } from './db.ts';
import { type Counted, obligationOf } from './obligations.ts';
import type { StoredProgramme } from './programmes.ts';
import type { Trx } from './transaction.ts';

/** Rows by id, after `after`: a look-up by key, however large the table and whatever the filter. */
export interface IdPage {
  after: string;
  size: number;
}

/** A page of a programme's obligations, with their counts as stored. */
export async function obligationsAfter(db: Db | Trx, programme: StoredProgramme, page: IdPage): Promise<Counted[]> {
  const rows = await db
    .selectFrom('obligation')
    .select(['id', 'done', 'body'])
    .where('programme_id', '=', programme.id)
    .where('id', '>', page.after)
    .orderBy('id')
    .limit(page.size)
    .execute();
  return rows.map((row) => obligationOf(row, programme));
}

/** A page of a programme's activities, in any state. */
export async function activitiesAfter(db: Db | Trx, programmeId: string, page: IdPage): Promise<StoredActivity[]> {
  const rows = await db
    .selectFrom('activity')
    .select(activityColumns)
    .where('programme_id', '=', programmeId)
    .where('id', '>', page.after)
    .orderBy('id')
    .limit(page.size)
    .execute();
  return rows.map(activityFrom);
}
