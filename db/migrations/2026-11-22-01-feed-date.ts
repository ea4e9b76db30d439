import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** The activity's date beside its key, so that a recount finds a duty's activities without reading those of other days. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .alterTable('feed')
    .addColumn('date', columns(db).date, (col) => col.notNull().defaultTo(''))
    .execute();
}
