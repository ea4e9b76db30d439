import type { Kysely } from 'kysely';

/** The places of a term's obligations, together wherever the obligations' ids lie: a summary by school costs what its term costs. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('obligation_place_term')
    .on('obligation_place')
    .columns(['programme_id', 'range_end', 'obligation_id', 'place'])
    .execute();
}
