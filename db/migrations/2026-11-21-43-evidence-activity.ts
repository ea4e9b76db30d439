import type { Kysely } from 'kysely';

/** The photos of one activity. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('evidence_activity').on('evidence').columns(['programme_id', 'activity_id']).execute();
}
