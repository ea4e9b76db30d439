import type { Kysely } from 'kysely';

/** Counts that a date alone will change. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('obligation_recount').on('obligation').columns(['programme_id', 'recount_on']).execute();
}
