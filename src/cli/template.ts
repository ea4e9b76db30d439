import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readPresets } from '../files.ts';
import { templateWorkbook } from '../workbook/template.ts';
import { type OperatorCommand, Usage } from './command.ts';

export const template: OperatorCommand = {
  usage: 'template [FILE.xlsx]',
  summary: 'write a workbook to fill in and import; an existing file is left alone',
  store: false,
  run: async ({ args, io }) => {
    const [name = 'jiedui-template.xlsx'] = args;
    if (args.length > 1) throw new Usage('template takes one file');
    const file = resolve(io.cwd, name);
    try {
      writeFileSync(file, await templateWorkbook(readPresets()), { flag: 'wx' });
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
      io.err(`${file} exists; nothing was written\n`);
      return 1;
    }
    io.out(`${file}\n`);
    return 0;
  },
};
