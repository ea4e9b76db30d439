import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** A planned activity in the Feishu calendar of who planned it: what is there, and when it is to be looked at again. */
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
  // What is to be looked at now.
  await index(db, 'calendar_event_due', 'calendar_event', ['due_at']);
}
