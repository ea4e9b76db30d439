import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

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
    .addColumn('since', c.date)
    .addColumn('next_checkpoint', c.date)
    .addColumn('met_on', c.date)
    .addColumn('last_on', c.date)
    .addColumn('owner', c.key)
    .addPrimaryKeyConstraint('obligation_pk', ['programme_id', 'id'])
    .execute();
  // The obligations of a school year.
  await index(db, 'obligation_range', 'obligation', ['programme_id', 'range_end', 'range_start']);
  // Counts that change by date alone.
  await index(db, 'obligation_recount', 'obligation', ['programme_id', 'recount_on']);
  // Every column that a summary counts by, so that this index alone answers it, starting at the term.
  await index(db, 'obligation_summary', 'obligation', [
    'programme_id',
    'range_end',
    'range_start',
    'requirement',
    'waived',
    'done',
    'target',
    'next_checkpoint',
    'met_on',
    'last_on',
    'owner',
    'id',
  ]);
  // What one person, pupil or pairing owes, so that a change of one does not read a county's duties.
  await index(db, 'obligation_subject', 'obligation', ['programme_id', 'subject_id']);
}
