import type { Kysely } from 'kysely';

/** The open draft of a person. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('draft_person')
    .on('draft')
    .columns(['programme_id', 'person_id', 'created_at'])
    .execute();
}
