import { type Kysely, sql } from 'kysely';

/** Feeds written before they had a date take that of their activity. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`update feed set date = (
    select a.date from activity a where a.programme_id = feed.programme_id and a.id = feed.activity_id)
    where date = ''`.execute(db);
}
