import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { TestProject } from 'vitest/node';
import { openMysql } from '../../src/store/db.ts';
import { mysqlUrl } from './services.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Part of the name of every database of this run. */
    run: string;
  }
}

/** Runs once before all tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = randomBytes(4).toString('hex');
  project.provide('run', run);
  return async () => {
    if (mysqlUrl) await dropDatabases(`jiedui_test_${run}_`);
  };
}

async function dropDatabases(prefix: string): Promise<void> {
  const { db, close } = openMysql(`${mysqlUrl}/information_schema`);
  const { rows } = await sql<{ name: string }>`
    select schema_name as name from information_schema.schemata where left(schema_name, ${prefix.length}) = ${prefix}`.execute(
    db,
  );
  for (const { name } of rows) await sql`drop database ${sql.id(name)}`.execute(db);
  await close();
}
