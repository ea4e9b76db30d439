import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/**
 * Which Feishu user is which person; a user may have several posts. settings holds everything that a user has set; the last
 * three columns find subscribers.
 */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'member')
    .addColumn('open_id', c.id, (col) => col.notNull())
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('bound_at', c.instant, (col) => col.notNull())
    .addColumn('settings', c.text, (col) => col.notNull())
    .addColumn('weekly', c.count)
    .addColumn('monthly', c.count)
    .addColumn('termly', c.count)
    .addPrimaryKeyConstraint('member_pk', ['open_id', 'programme_id', 'person_id'])
    .addUniqueConstraint('member_person', ['programme_id', 'person_id'])
    .execute();
}
