import { resolve } from 'node:path';
import { writeBackup } from '../store/backup-file.ts';
import { type OperatorCommand, Usage } from './command.ts';

export const backup: OperatorCommand = {
  usage: 'backup FILE',
  summary: 'write everything in the store to a file that any backend can restore',
  run: async ({ args, io, core }) => {
    const [name] = args;
    if (!name || args.length > 1) throw new Usage('backup takes one file');
    const file = resolve(io.cwd, name);
    io.out(`${await writeBackup(core.ctx.db, file)} rows written to ${file}\n`);
    io.out('photos and files are not in it: copy DATA_DIR/evidence as well\n');
    return 0;
  },
};
