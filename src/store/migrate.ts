import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import type { Db } from './db.ts';
import { readMeta, writeMeta } from './meta.ts';
import { transact } from './transaction.ts';

const folder = path.join(import.meta.dirname, '../../db/migrations');
/** The name under which the store remembers which migrations made it. */
export const HASH = 'migrations';

/**
 * Brings the schema up to this program's version; returns the names of the steps. Safe in several processes at once (Kysely takes a lock).
 * Throws OtherSchema if another version's migrations made the store, or if a step fails.
 */
export async function migrate(db: Db): Promise<string[]> {
  const migrator = new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder: folder }) });
  const known = new Set((await migrator.getMigrations()).map((m) => m.name));
  const done = await appliedNames(db);
  const other = done.findLast((name) => !known.has(name));
  if (other) throw new OtherSchema(other.slice(0, 10) < first(known) ? 'older' : 'newer', other);
  const hash = await hashOfMigrations();
  // A store whose creation was interrupted remembers nothing yet: creation continues.
  const remembered = done.length > 0 ? await readMeta(db, HASH) : undefined;
  if (remembered !== undefined && remembered !== hash) throw new OtherSchema('older', 'other tables');
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  if (remembered === undefined) await transact(db, (trx) => writeMeta(trx, HASH, hash));
  return (results ?? []).filter((r) => r.status === 'Success').map((r) => r.migrationName);
}

const first = (known: Set<string>) => [...known].sort()[0]!.slice(0, 10);

/** The hash of everything that makes the tables. Until the first release a changed file means different tables, not more of them. */
async function hashOfMigrations(): Promise<string> {
  const hash = createHash('sha256');
  const files = (await fs.readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  for (const file of [...files.map((name) => path.join(folder, name)), path.join(folder, '../columns.ts')])
    hash.update((await fs.readFile(file, 'utf8')).replaceAll('\r\n', '\n'));
  return hash.digest('hex').slice(0, 32);
}

/** Another version of this program made the store. */
export class OtherSchema extends Error {
  readonly migration: string;
  constructor(than: 'older' | 'newer', migration: string) {
    super(
      than === 'newer'
        ? `the store was made by a newer version of Jiedui (it has ${migration}); start that version or restore a backup`
        : `the store was made by an earlier version of Jiedui (it has ${migration}); with that version run: backup FILE, then with this one into an empty DATA_DIR or database: restore FILE`,
    );
    this.name = 'OtherSchema';
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
