import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import type { Db } from './db.ts';

const folder = path.join(import.meta.dirname, '../../db/migrations');

/**
 * Brings the schema up to this program's; returns the names of what was done. Safe in several processes at once (Kysely
 * takes a lock). Throws when the store was made by a newer program, or when a step fails.
 */
export async function migrate(db: Db): Promise<string[]> {
  const migrator = new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder: folder }) });
  const known = new Set((await migrator.getMigrations()).map((m) => m.name));
  const done = await appliedNames(db);
  const newer = done.filter((name) => !known.has(name));
  if (newer.length > 0) throw new NewerSchema(newer.at(-1)!);
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? []).filter((r) => r.status === 'Success').map((r) => r.migrationName);
}

/** The store belongs to a newer version of this program. */
export class NewerSchema extends Error {
  readonly migration: string;
  constructor(migration: string) {
    super(
      `the store was made by a newer version of Jiedui (it has ${migration}); start that version or restore a backup`,
    );
    this.name = 'NewerSchema';
    this.migration = migration;
  }
}

async function appliedNames(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((t) => t.name === 'kysely_migration')) return [];
  const rows = await (db as Db & { selectFrom(table: 'kysely_migration'): any })
    .selectFrom('kysely_migration' as never)
    .select('name' as never)
    .orderBy('name' as never)
    .execute();
  return rows.map((r: { name: string }) => r.name);
}
