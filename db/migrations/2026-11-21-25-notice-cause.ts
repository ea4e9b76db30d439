import type { Kysely } from 'kysely';

/** The notices that one event made. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('notice_cause').on('notice').columns(['cause']).execute();
}
