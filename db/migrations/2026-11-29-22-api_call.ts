import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Open API calls of each calendar month that count against a tenant's quota, by all processes. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'api_call')
    .addColumn('month', c.word, (col) => col.notNull())
    .addColumn('calls', c.count, (col) => col.notNull())
    .addPrimaryKeyConstraint('api_call_pk', ['month'])
    .execute();
}
