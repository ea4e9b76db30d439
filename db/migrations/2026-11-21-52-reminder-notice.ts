import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('reminder_notice').on('reminder').columns(['notice_id']).execute();
}
