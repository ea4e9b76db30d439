import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** The day a duty came to be owed, where a later change of plan or roster brought it: nobody is told of checkpoints before. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('obligation').addColumn('since', columns(db).date).execute();
}
