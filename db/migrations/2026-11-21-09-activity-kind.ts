import type { Kysely } from 'kysely';

/** Likely duplicates and ledgers. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('activity_kind').on('activity').columns(['programme_id', 'kind', 'date']).execute();
}
