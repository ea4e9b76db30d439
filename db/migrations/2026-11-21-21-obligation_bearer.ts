import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Who bears an obligation: reminders and 我的任务. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'obligation_bearer')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('person_id', c.id, (col) => col.notNull())
    .addColumn('obligation_id', c.id, (col) => col.notNull())
    .addPrimaryKeyConstraint('obligation_bearer_pk', ['programme_id', 'person_id', 'obligation_id'])
    .execute();
}
