import type { Kysely } from 'kysely';

/** The notice behind a clicked or read card. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('notice_message').on('notice').columns(['message_id']).execute();
}
