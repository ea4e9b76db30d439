import type { Kysely } from 'kysely';

/** One school's or pairing's obligations from a day on. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('obligation_place_end')
    .on('obligation_place')
    .columns(['programme_id', 'place', 'range_end', 'obligation_id'])
    .execute();
}
