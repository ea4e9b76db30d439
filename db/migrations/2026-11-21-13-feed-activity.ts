import type { Kysely } from 'kysely';

/** For refeeding a changed activity. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('feed_activity').on('feed').columns(['programme_id', 'activity_id']).execute();
}
