import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** A planned activity in the Feishu calendar of its planner: the entry, and when to check it again. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'calendar_event')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('activity_id', c.id, (col) => col.notNull())
    .addColumn('open_id', c.id, (col) => col.notNull())
    .addColumn('event_id', c.key)
    .addColumn('said', c.text)
    .addColumn('attempt', c.count, (col) => col.notNull())
    .addColumn('due_at', c.instant)
    .addPrimaryKeyConstraint('calendar_event_pk', ['programme_id', 'activity_id'])
    .execute();
  // Entries that are due.
  await index(db, 'calendar_event_due', 'calendar_event', ['due_at']);
}
