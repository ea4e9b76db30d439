import type { Kysely } from 'kysely';

/** For replacing an obligation's bearers. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('obligation_bearer_obligation')
    .on('obligation_bearer')
    .columns(['programme_id', 'obligation_id'])
    .execute();
}
