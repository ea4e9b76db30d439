import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** The date of the activity that met it: summaries compare a week with the one before. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('obligation').addColumn('met_on', columns(db).date).execute();
}
