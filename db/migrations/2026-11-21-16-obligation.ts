import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** requirement × subject × period with today's count, recounted in the transaction that changes an activity. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'obligation')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('id', c.id, (col) => col.notNull())
    .addColumn('requirement', c.name, (col) => col.notNull())
    .addColumn('activity_kind', c.word, (col) => col.notNull())
    .addColumn('subject_kind', c.word, (col) => col.notNull())
    .addColumn('subject_id', c.id, (col) => col.notNull())
    .addColumn('range_start', c.date, (col) => col.notNull())
    .addColumn('range_end', c.date, (col) => col.notNull())
    .addColumn('target', c.amount, (col) => col.notNull())
    .addColumn('done', c.amount, (col) => col.notNull())
    .addColumn('waived', c.count, (col) => col.notNull())
    .addColumn('recount_on', c.date)
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('obligation_pk', ['programme_id', 'id'])
    .execute();
}
