import type { Kysely } from 'kysely';

/** For replacing an obligation's keys. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('obligation_feed_obligation')
    .on('obligation_feed')
    .columns(['programme_id', 'obligation_id'])
    .execute();
}
