import type { Kysely } from 'kysely';

/** For the yearly audit and for retention. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('audit_at').on('audit').columns(['programme_id', 'at']).execute();
}
