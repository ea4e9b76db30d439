/** The embedded store's log while much is written: folded into the file by another thread, so that no commit waits for it. */
import { once } from 'node:events';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/** Commits between two foldings; the log is as long as what they write. */
const COMMITS = 16;
/** Pages that are touched over and over stay in memory, KB; given back at the end. */
const CACHE_KB = 64_000;

/** What the thread runs: it may import nothing of ours, for it is a text. */
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

/** Who is writing much at this moment, by connection: how many, and its settings before. */
const writing = new WeakMap<DatabaseSync, { count: number; before: string }>();

/**
 * Does work that writes much in many commits; it calls `committed` after each. What others commit while the log is folded is folded last, by
 * itself: only of a log that is folded whole the next one begins at its head. Where folding fails the log only grows.
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

/** A commit that is in the log and perhaps not on the disk yet. The connection is the caller's alone meanwhile. */
export async function withoutWaiting<T>(database: DatabaseSync, work: () => Promise<T>): Promise<T> {
  database.exec('pragma synchronous = normal');
  try {
    return await work();
  } finally {
    database.exec('pragma synchronous = full');
  }
}
