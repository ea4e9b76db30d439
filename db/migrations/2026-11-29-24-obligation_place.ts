import type { Kysely } from 'kysely';
import { columns, index, table } from '../columns.ts';

/** The schools, pairing and district that an obligation concerns, for figures of one of them. */
export async function up(db: Kysely<any>): Promise<void> {
  const c = columns(db);
  await table(db, 'obligation_place', 'key')
    .addColumn('programme_id', c.id, (col) => col.notNull())
    .addColumn('place', c.key, (col) => col.notNull())
    .addColumn('obligation_id', c.id, (col) => col.notNull())
    .addColumn('range_end', c.date, (col) => col.notNull())
    .addPrimaryKeyConstraint('obligation_place_pk', ['programme_id', 'place', 'obligation_id'])
    .execute();
  // To replace an obligation's places.
  await index(db, 'obligation_place_obligation', 'obligation_place', ['programme_id', 'obligation_id']);
  // One school's or pairing's obligations from a day on.
  await index(db, 'obligation_place_end', 'obligation_place', ['programme_id', 'place', 'range_end', 'obligation_id']);
  // Keeps the places of a term's obligations together, so that a summary by school costs only what its term costs.
  await index(db, 'obligation_place_term', 'obligation_place', ['programme_id', 'range_end', 'obligation_id', 'place']);
}
