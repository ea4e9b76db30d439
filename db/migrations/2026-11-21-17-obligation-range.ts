import type { Kysely } from 'kysely';

/** The obligations of a school year. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('obligation_range')
    .on('obligation')
    .columns(['programme_id', 'range_end', 'range_start'])
    .execute();
}
