import type { Kysely } from 'kysely';

/** The records that one message made. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('activity_cause').on('activity').columns(['cause']).execute();
}
