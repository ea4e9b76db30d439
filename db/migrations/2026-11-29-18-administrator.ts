import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** Who administers this installation; exists before any programme, so is not a person of one. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'administrator')
    .addColumn('open_id', c.id, (col) => col.notNull())
    .addColumn('since', c.instant, (col) => col.notNull())
    .addPrimaryKeyConstraint('administrator_pk', ['open_id'])
    .execute();
}
