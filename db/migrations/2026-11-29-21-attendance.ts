import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Secondment check-ins, one per person and day: present or on leave, and whether it was entered later. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'attendance')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('day', c.date, (col) => col.notNull())
    .addColumn('answer', c.word, (col) => col.notNull())
    .addColumn('said_at', c.instant, (col) => col.notNull())
    .addColumn('late', c.count, (col) => col.notNull())
    .addPrimaryKeyConstraint('attendance_pk', ['programme_id', 'person_id', 'day'])
    .execute();
}
