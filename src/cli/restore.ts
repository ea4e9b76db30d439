import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type BackupHead, type BackupRow, BadBackup, backupOf, restoreInto } from '../store/backup.ts';
import { openDump, SQLITE_HEAD } from '../store/dump.ts';
import { nameOwners } from '../store/owners.ts';
import { transact } from '../store/transaction.ts';
import { type OperatorCommand, Usage } from './command.ts';

export const restore: OperatorCommand = {
  usage: 'restore FILE',
  summary: 'fill an empty store from a backup, whichever backend made it',
  run: async ({ args, io, core }) => {
    const [name] = args;
    if (!name || args.length > 1) throw new Usage('restore takes one file');
    try {
      const count = await transact(core.ctx.db, async (trx) => {
        const items = itemsIn(resolve(io.cwd, name));
        const head = (await items.next()).value as BackupHead;
        const restored = await restoreInto(trx, head, items as AsyncGenerator<BackupRow>);
        await nameOwners(trx);
        return restored;
      });
      io.out(`${count} rows restored\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof BadBackup)) throw error;
      io.err(`${error.message}\nnothing was changed\n`);
      return 1;
    }
  },
};

/** Reads a file of `backup`, or a nightly dump of the embedded store. */
async function* itemsIn(file: string): AsyncGenerator<BackupHead | BackupRow> {
  const handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(SQLITE_HEAD.length)).finally(() => handle.close());
  if (buffer.toString('latin1', 0, bytesRead) !== SQLITE_HEAD) return yield* itemsOf(file);
  const dump = openDump(file);
  try {
    yield* backupOf(dump);
  } catch (error) {
    if (!('errcode' in (error as Error))) throw error;
    throw new BadBackup('this is not a dump of Jiedui, or it is damaged');
  } finally {
    await dump.destroy();
  }
}

async function* itemsOf(file: string): AsyncGenerator<BackupHead | BackupRow> {
  const source = createReadStream(file);
  const lines = createInterface({ input: source.pipe(createGunzip().on('error', () => source.destroy())) });
  source.on('error', (error) => lines.emit('error', error));
  try {
    for await (const line of lines) yield JSON.parse(line) as BackupRow;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') throw error;
    throw new BadBackup('this is not a backup of Jiedui, or it is damaged');
  }
}
