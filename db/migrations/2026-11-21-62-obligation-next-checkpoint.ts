import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** The date of the first unmet checkpoint, kept with the count: with it the database can tell the state on any day. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('obligation').addColumn('next_checkpoint', columns(db).date).execute();
}
