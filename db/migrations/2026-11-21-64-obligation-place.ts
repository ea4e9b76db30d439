import type { Kysely } from 'kysely';
import { columns, table } from '../columns.ts';

/** The schools, pairing and district that an obligation concerns, for figures of one of them. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'obligation_place')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('place', c.key, (col) => col.notNull())
    .addColumn('obligation_id', c.id, (col) => col.notNull())
    .addPrimaryKeyConstraint('obligation_place_pk', ['programme_id', 'place', 'obligation_id'])
    .execute();
}
