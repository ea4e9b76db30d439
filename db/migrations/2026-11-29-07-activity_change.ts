import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** The full history of an activity: who changed what, when. Never updated. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'activity_change')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('activity_id', c.id, (col) => col.notNull())
    .addColumn('version', c.count, (col) => col.notNull())
    .addColumn('at', c.instant, (col) => col.notNull())
    .addColumn('by_id', c.id, (col) => col.notNull())
    .addColumn('what', c.word, (col) => col.notNull())
    .addColumn('cause', c.key)
    .addColumn('body', c.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('activity_change_pk', ['programme_id', 'activity_id', 'version'])
    .execute();
  // What one message changed: its card shows that.
  await index(db, 'activity_change_cause', 'activity_change', ['cause']);
  // Finds reports made while a programme changed.
  await index(db, 'activity_change_at', 'activity_change', ['programme_id', 'at']);
}
