/** Folds the embedded store's log during large writes: another thread does it, so that no commit waits. */
import { once } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** Commits between two foldings; they bound the length of the log. */
const COMMITS = 16;
/** Keeps pages in memory that are touched again and again, in KB; reset at the end. */
const CACHE_KB = 64_000;

/** The thread's program: a text, so it cannot import our modules. */
const FOLDER = `
const { DatabaseSync } = require('node:sqlite');
const { parentPort, workerData } = require('node:worker_threads');
const database = new DatabaseSync(workerData, { timeout: 1000 });
parentPort.on('message', () => {
  let problem;
  try {
    database.exec('pragma wal_checkpoint(passive)');
  } catch (error) {
    problem = error;
  }
  parentPort.postMessage(problem);
});`;

/** Large writes under way, by connection: how many, and the settings to restore. */
const writing = new WeakMap<DatabaseSync, { count: number; before: string }>();

/**
 * Runs work that writes much in many commits; it calls `committed` after each. Commits of others during a folding are folded last: the log
 * starts over only after it is folded completely. If folding fails, the log merely grows.
 */
export async function writingMuch<T>(
  { database, file, alone }: { database: DatabaseSync; file: string; alone(work: () => Promise<void>): Promise<void> },
  work: (committed: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const writers = writing.get(database) ?? { count: 0, before: settingsOf(database) };
  writing.set(database, writers);
  if (writers.count++ === 0) database.exec(`pragma wal_autocheckpoint = 0; pragma cache_size = -${CACHE_KB}`);
  let folder: Worker | undefined;
  let commits = 0;
  try {
    return await work(async () => {
      if (++commits % COMMITS > 0) return;
      folder ??= new Worker(FOLDER, { eval: true, workerData: file });
      folder.postMessage('fold');
      await once(folder, 'message').catch(() => {});
      await alone(async () => database.exec('pragma wal_checkpoint(passive)'));
    });
  } finally {
    await folder?.terminate();
    if (--writers.count === 0) {
      writing.delete(database);
      if (database.isOpen) database.exec(`${writers.before}; pragma shrink_memory`);
    }
  }
}

const settingsOf = (database: DatabaseSync): string =>
  ['wal_autocheckpoint', 'cache_size']
    .map((name) => `pragma ${name} = ${Object.values(database.prepare(`pragma ${name}`).get()!)[0]}`)
    .join('; ');
