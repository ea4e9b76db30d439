import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type BackupHead, type BackupRow, BadBackup, restoreInto } from '../store/backup.ts';
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
        const items = itemsOf(resolve(io.cwd, name));
        const head = (await items.next()).value as BackupHead;
        return restoreInto(trx, head, items as AsyncGenerator<BackupRow>);
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
