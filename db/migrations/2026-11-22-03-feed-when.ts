import type { Kysely } from 'kysely';

/** What feeds a duty in its period, and nothing else. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('feed_when')
    .on('feed')
    .columns(['programme_id', 'feed_key', 'kind', 'date', 'activity_id'])
    .execute();
}
