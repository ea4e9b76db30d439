import type { Kysely } from 'kysely';

/** For replacing an obligation's places. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('obligation_place_obligation')
    .on('obligation_place')
    .columns(['programme_id', 'obligation_id'])
    .execute();
}
