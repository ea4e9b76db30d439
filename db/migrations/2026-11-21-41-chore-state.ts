import type { Kysely } from 'kysely';

/** What the sweep takes up. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('chore_state').on('chore').columns(['state', 'due_at']).execute();
}
