import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** One dated thing that happened or was planned. body is the whole activity; the other columns find it. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'activity')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('version', c.count, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('status', c.word, (col) => col.notNull())
    .addColumn('date', c.date, (col) => col.notNull())
    .addColumn('by_id', c.id, (col) => col.notNull())
    .addColumn('reporter_id', c.id, (col) => col.notNull())
    .addColumn('recorded_at', c.instant, (col) => col.notNull())
    .addColumn('cause', c.key)
    .addColumn('confirmation', c.word)
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('activity_pk', ['programme_id', 'id'])
    .execute();
  // The latest records of one reporter: undo, corrections, photos.
  await index(db, 'activity_reporter', 'activity', ['programme_id', 'reporter_id', 'recorded_at']);
  // Likely duplicates and ledgers.
  await index(db, 'activity_kind', 'activity', ['programme_id', 'kind', 'date']);
  // The records that one message made.
  await index(db, 'activity_cause', 'activity', ['cause']);
  // What happened in a week and who did it: answered from the index alone.
  await index(db, 'activity_date', 'activity', ['programme_id', 'date', 'status', 'by_id', 'kind']);
}
