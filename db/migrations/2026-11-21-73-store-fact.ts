import type { Kysely } from 'kysely';

/** The embedded queue has a table `meta` of its own in the same database, and finds its tables without naming a schema. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema.alterTable('meta').renameTo('store_fact').execute();
}
