import type { Kysely } from 'kysely';

/** The latest records of one reporter: undo, corrections, photos. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('activity_reporter')
    .on('activity')
    .columns(['programme_id', 'reporter_id', 'recorded_at'])
    .execute();
}
