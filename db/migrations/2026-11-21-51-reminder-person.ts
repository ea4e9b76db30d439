import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('reminder_person').on('reminder').columns(['programme_id', 'person_id', 'day']).execute();
}
