import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { backupOf, snapshot } from './backup.ts';
import type { Db } from './db.ts';

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
      await pipeline(Readable.from(lines()), createGzip(), createWriteStream(half, { mode: 0o600, flush: true }));
    });
    // Nobody ever finds half a backup under its name.
    await rename(half, file);
    await syncDirectory(dirname(file));
  } finally {
    await rm(half, { force: true });
  }
  return items - 1;
}

/** Makes a new name in it survive a power cut. Windows cannot open a directory and needs no such thing. */
async function syncDirectory(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  await handle.sync().finally(() => handle.close());
}
