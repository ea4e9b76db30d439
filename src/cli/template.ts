import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeWorkbook } from '../export/workbook.ts';
import { readPresets } from '../files.ts';
import { templateSheets } from '../workbook/template.ts';
import { type OperatorCommand, Usage } from './command.ts';

export const template: OperatorCommand = {
  usage: 'template [FILE.xlsx]',
  summary: 'write a workbook to fill in and import; an existing file is left alone',
  store: false,
  run: async ({ args, io }) => {
    const [name = 'jiedui-template.xlsx'] = args;
    if (args.length > 1) throw new Usage('template takes one file');
    const file = resolve(io.cwd, name);
    if (existsSync(file)) {
      io.err(`${file} exists; nothing was written\n`);
      return 1;
    }
    await writeWorkbook(file, templateSheets(readPresets()));
    io.out(`${file}\n`);
    return 0;
  },
};
