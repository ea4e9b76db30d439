import type { Kysely } from 'kysely';

/** What happened in a week, by whom: answered from the index alone. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('activity_date')
    .on('activity')
    .columns(['programme_id', 'date', 'status', 'by_id', 'kind'])
    .execute();
}
