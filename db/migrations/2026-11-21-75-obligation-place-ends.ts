import { type Kysely, sql } from 'kysely';

/** Places written before they had an end take that of their obligation, by which a summary finds them. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`update obligation_place set range_end = (
    select o.range_end from obligation o
    where o.programme_id = obligation_place.programme_id and o.id = obligation_place.obligation_id)
    where range_end = '9999-12-31'`.execute(db);
}
