import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Tables } from './schema.ts';
import { adapt } from './sqlite.ts';

/** Pages copied per step; other work runs between two steps. */
const PAGES = 100;

/** Copies an embedded store, as of its last commit, to one file (readable by its owner only): whole or not at all. */
export async function dumpTo(database: DatabaseSync, file: string): Promise<void> {
  const half = `${file}.part`;
  try {
    await rm(half, { force: true });
    await (await open(half, 'w', 0o600)).close();
    await backup(database, half, { rate: PAGES });
    const copy = new DatabaseSync(half);
    copy.exec('pragma journal_mode = delete');
    copy.close();
    await renameDurably(half, file);
  } finally {
    await rm(half, { force: true });
  }
}

/** Renames a file once its bytes are on disk, and waits until the rename is on disk as well. */
export async function renameDurably(half: string, file: string): Promise<void> {
  await synced(half, 'r+');
  await rename(half, file);
  // Windows cannot open a directory and does not need this.
  if (process.platform !== 'win32') await synced(dirname(file), 'r');
}

async function synced(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  await handle.sync().finally(() => handle.close());
}

/** Opens a dump to be read like a store. Throws if the file is not a dump. */
export function openDump(file: string): Kysely<Tables> {
  const database = new DatabaseSync(file, { readOnly: true });
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(database, false) }) });
}

/** The first bytes of every SQLite file. */
export const SQLITE_HEAD = 'SQLite format 3\0';
