import type { Kysely } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('notice_person').on('notice').columns(['programme_id', 'person_id']).execute();
}
