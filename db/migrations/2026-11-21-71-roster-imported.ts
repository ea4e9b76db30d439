import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** What the file last said of a row, so that importing it again does not undo what a command has changed since. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('roster').addColumn('imported', columns(db).text).execute();
}
