import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { renameDurably } from './dump.ts';
import { connect } from './sqlite.ts';

/** The embedded store cannot be opened; the message says where it is and what to do. */
export class BadStore extends Error {}

/** 'Jied', in the head of each store file: distinguishes it from another program's file. */
const OURS = 0x4a696564;
/** A larger store is not checked at start: reading 189 MB takes 210 ms, as long as people should wait. */
const CHECKED_UP_TO = 256 * 1024 * 1024;

const STORE_FILE = 'jiedui.sqlite';
/** A store that is being restored; it gets its final name when it is complete. */
const RESTORING = `${STORE_FILE}.restoring`;

function remove(file: string) {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
}

/** Files in DATA_DIR that belong to a store and are useless without it. */
const leftovers = (dataDir: string) =>
  ['backups', 'evidence'].filter((name) => {
    const dir = join(dataDir, name);
    return existsSync(dir) && readdirSync(dir).length > 0;
  });

/**
 * Opens the store's file in `dataDir`, and makes it in an empty directory. Refuses leftovers of an earlier store: an empty one in its
 * place would look like lost data. `restoring`: if there is no store, begins one that `settleRestored` keeps or removes.
 */
export function openStoreFile(dataDir: string, restoring = false): { database: DatabaseSync; file: string } {
  let file = join(dataDir, STORE_FILE);
  if (existsSync(join(dataDir, 'store', 'PG_VERSION')))
    throw new BadStore(
      `DATA_DIR: ${dataDir} holds a store of an earlier version (directory store), which this one cannot read; with that version run: backup FILE, then here with another DATA_DIR: restore FILE`,
    );
  // A copy that was cut off leaves an empty file.
  const exists = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const remains = exists ? [] : leftovers(dataDir);
  if (!exists && existsSync(`${file}-wal`)) remains.push(`${STORE_FILE}-wal`);
  if (remains.length > 0 && !restoring)
    throw new BadStore(
      `DATA_DIR: the store ${file} is missing, but ${remains.join(' and ')} of one is there; put it back, or run: restore ${join(dataDir, 'backups')}/… (the newest)`,
    );
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (restoring && !exists) {
      file = join(dataDir, RESTORING);
      remove(file);
    }
    // Made here, since SQLite would make it readable by others; its log gets the same rights.
    if (!exists) closeSync(openSync(file, 'a', 0o600));
    const clean = !logLeft(file);
    const database = connect(file);
    try {
      identify(database, file);
      if (!clean && statSync(file).size <= CHECKED_UP_TO) check(database, file, dataDir);
      return { database, file };
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw asBadStore(error, dataDir);
  }
}

/** Ends a restore into a directory without a store: the restored file becomes its store or is removed. */
export async function settleRestored(dataDir: string, complete: boolean): Promise<void> {
  const [half, file] = [join(dataDir, RESTORING), join(dataDir, STORE_FILE)];
  if (complete && existsSync(half)) {
    // A log that is still here belongs to a store that has been removed.
    remove(file);
    await renameDurably(half, file);
  }
  remove(half);
}

/** A closed store leaves no log; a killed one does. */
const logLeft = (file: string) => (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;

function identify(database: DatabaseSync, file: string): void {
  const { application_id: id } = database.prepare('pragma application_id').get() as { application_id: number };
  const { n } = database.prepare('select count(*) as n from sqlite_master').get() as { n: number };
  if (id === OURS) return;
  if (n > 0 || id !== 0)
    throw new BadStore(`DATA_DIR: ${file} is another program's file; move it away, or use another DATA_DIR`);
  database.exec(`pragma application_id = ${OURS}`);
}

function check(database: DatabaseSync, file: string, dataDir: string): void {
  const [first] = Object.values(database.prepare('pragma quick_check(1)').get()!);
  if (first !== 'ok') throw damaged(file, dataDir);
}

const damaged = (file: string, dataDir: string) =>
  new BadStore(
    `DATA_DIR: the store ${file} is damaged; move it and its -wal and -shm away, and run: restore ${join(dataDir, 'backups')}/… (the newest)`,
  );

/** Turns an error of SQLite or the system about the place into a BadStore; returns any other error unchanged. */
export function asBadStore(error: unknown, dataDir: string): unknown {
  const file = join(dataDir, STORE_FILE);
  const { errcode, code } = error as { errcode?: number; code?: string };
  const primary = errcode === undefined ? undefined : errcode & 0xff;
  if (primary === 11 || primary === 26) return damaged(file, dataDir);
  if (primary === 13 || code === 'ENOSPC') return new BadStore(`DATA_DIR: no room is left on the disk of ${dataDir}`);
  if (
    primary === 8 ||
    primary === 14 ||
    primary === 10 ||
    ['EACCES', 'EROFS', 'EPERM', 'EEXIST', 'ENOTDIR'].includes(code ?? '')
  )
    return new BadStore(
      `DATA_DIR: ${dataDir} cannot be written (${(error as Error).message}); make it writable for this user, or use another DATA_DIR`,
    );
  return error;
}
