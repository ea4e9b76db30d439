import type { Kysely } from 'kysely';

/** What a recalled message brought. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('evidence_message').on('evidence').columns(['message_id']).execute();
}
