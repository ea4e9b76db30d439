import type { Kysely } from 'kysely';

/** For forgetting after 30 days. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('inbox_received').on('inbox').columns(['received_at']).execute();
}
