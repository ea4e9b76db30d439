import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { backupOf, snapshot } from './backup.ts';
import type { Db } from './db.ts';
import { renameDurably } from './dump.ts';

/** Writes everything in the store to `file` (readable by its owner only), whole or not at all. Returns how many rows. */
export async function writeBackup(db: Db, file: string): Promise<number> {
  const half = `${file}.part`;
  let items = 0;
  try {
    await snapshot(db, async (trx) => {
      const lines = async function* () {
        for await (const item of backupOf(trx)) {
          items++;
          yield `${JSON.stringify(item)}\n`;
        }
      };
      await pipeline(Readable.from(lines()), createGzip(), createWriteStream(half, { mode: 0o600 }));
    });
    // The file gets its name only once it is complete.
    await renameDurably(half, file);
  } finally {
    await rm(half, { force: true });
  }
  return items - 1;
}
