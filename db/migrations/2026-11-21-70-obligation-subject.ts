import type { Kysely } from 'kysely';

/** What one person, pupil or pairing owes: a change of one must not read a county's. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('obligation_subject').on('obligation').columns(['programme_id', 'subject_id']).execute();
}
