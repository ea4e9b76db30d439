import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { backupOf, snapshot } from '../store/backup.ts';
import { type OperatorCommand, Usage } from './command.ts';

export const backup: OperatorCommand = {
  usage: 'backup FILE',
  summary: 'write everything in the store to a file that any backend can restore',
  run: async ({ args, io, core }) => {
    const [name] = args;
    if (!name || args.length > 1) throw new Usage('backup takes one file');
    const file = resolve(io.cwd, name);
    const half = `${file}.part`;
    let rows = -1;
    try {
      await snapshot(core.ctx.db, async (trx) => {
        const lines = async function* () {
          for await (const item of backupOf(trx)) {
            rows++;
            yield `${JSON.stringify(item)}\n`;
          }
        };
        await pipeline(Readable.from(lines()), createGzip(), createWriteStream(half, { mode: 0o600 }));
      });
      // Nobody ever finds half a backup under its name.
      await rename(half, file);
    } finally {
      await rm(half, { force: true });
    }
    io.out(`${rows} rows written to ${file}\n`);
    io.out('photos and files are not in it: copy DATA_DIR/evidence as well\n');
    return 0;
  },
};
