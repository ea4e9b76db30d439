import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** Who bears an obligation, for reminders and 我的任务. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'obligation_bearer', 'key')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('obligation_id', c.id, (col) => col.notNull())
    .addPrimaryKeyConstraint('obligation_bearer_pk', ['programme_id', 'person_id', 'obligation_id'])
    .execute();
  // To replace an obligation's bearers.
  await index(db, 'obligation_bearer_obligation', 'obligation_bearer', ['programme_id', 'obligation_id']);
}
