import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** The parts of reminder cards: each is sent to one person once. Several share a notice. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'reminder')
    .addColumn('identity', c.key, (col) => col.notNull())
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('kind', c.word, (col) => col.notNull())
    .addColumn('subject', c.key, (col) => col.notNull())
    .addColumn('day', c.date, (col) => col.notNull())
    .addColumn('notice_id', c.id, (col) => col.notNull())
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('reminder_pk', ['identity'])
    .execute();
  await index(db, 'reminder_person', 'reminder', ['programme_id', 'person_id', 'day']);
  // Earlier reminders about a duty that began long ago.
  await index(db, 'reminder_subject', 'reminder', ['programme_id', 'subject']);
  await index(db, 'reminder_notice', 'reminder', ['notice_id']);
}
