import { UserError } from '../../errors.ts';
import type { Command } from '../intake/outcome.ts';
import { filed } from './export.ts';
import { importsWorkbooks } from './import-scope.ts';

/** 模板: a workbook to fill in, with the known data already in it. */
export const templateCommand: Command = {
  name: 'template',
  each: 'apart',
  match: (text) => (/^(?:导入|下载)?模[板版](?:表)?$|^template$/i.test(text) ? {} : undefined),
  run: async (_trx, facts) => {
    if (!importsWorkbooks(facts)) throw new UserError('not_allowed');
    return filed(facts, { what: 'template' });
  },
};
