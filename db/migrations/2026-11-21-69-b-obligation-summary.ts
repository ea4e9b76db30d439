import type { Kysely } from 'kysely';

/** Everything a summary counts by, so that it is answered from this index alone, beginning at the term. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createIndex('obligation_summary')
    .on('obligation')
    .columns([
      'programme_id',
      'range_end',
      'range_start',
      'requirement',
      'waived',
      'done',
      'target',
      'next_checkpoint',
      'met_on',
      'id',
    ])
    .execute();
}
