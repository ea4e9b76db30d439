import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Answers about a duty: done, planned for a day, or help needed. One a day; the latest applies. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'check_in')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('obligation_id', c.id, (col) => col.notNull())
    .addColumn('day', c.date, (col) => col.notNull())
    .addColumn('answer', c.word, (col) => col.notNull())
    .addColumn('planned_for', c.date)
    .addColumn('reason', c.text)
    .addPrimaryKeyConstraint('check_in_pk', ['programme_id', 'person_id', 'obligation_id', 'day'])
    .execute();
}
