import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Tables } from './schema.ts';
import { adapt } from './sqlite.ts';

/** Pages copied at a time: others have their turn between two steps. */
const PAGES = 100;

/** Copies an embedded store, as of its last commit, to a file of one piece (readable by its owner only): whole or not at all. */
export async function dumpTo(database: DatabaseSync, file: string): Promise<void> {
  const half = `${file}.part`;
  try {
    await rm(half, { force: true });
    await (await open(half, 'w', 0o600)).close();
    await backup(database, half, { rate: PAGES });
    const copy = new DatabaseSync(half);
    copy.exec('pragma journal_mode = delete');
    copy.close();
    await put(half, file);
  } finally {
    await rm(half, { force: true });
  }
}

/** Gives a file its name once it has reached the disk, and waits until the name has as well. */
export async function put(half: string, file: string): Promise<void> {
  await synced(half, 'r+');
  await rename(half, file);
  // Windows cannot open a directory, and needs no such thing.
  if (process.platform !== 'win32') await synced(dirname(file), 'r');
}

async function synced(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  await handle.sync().finally(() => handle.close());
}

/** A dump, to be read like a store. Throws when it is none. */
export function openDump(file: string): Kysely<Tables> {
  const database = new DatabaseSync(file, { readOnly: true });
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(database, 'begin') }) });
}

/** With this a file of SQLite begins. */
export const SQLITE_HEAD = 'SQLite format 3\0';
