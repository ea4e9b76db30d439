import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** The obligation's last day beside its place: what a school owed in earlier terms is then passed over unread. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .alterTable('obligation_place')
    .addColumn('range_end', columns(db).date, (col) => col.notNull().defaultTo('9999-12-31'))
    .execute();
}
