import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { docxText } from '../drafting/docx.ts';
import { draftPlans } from '../drafting/draft.ts';
import { draftYaml } from '../drafting/yaml.ts';
import { textOfFile } from '../workbook/csv.ts';
import { type OperatorCommand, Usage } from './command.ts';

export const planDraft: OperatorCommand = {
  usage: 'plan-draft FILE',
  summary: 'draft a plan from its document (.docx, .txt, .md), as YAML; doubtful points are marked 请确认',
  store: false,
  run: async ({ args, io }) => {
    const [file] = args;
    if (!file || args.length > 1) throw new Usage('plan-draft takes one file');
    const bytes = readFileSync(resolve(io.cwd, file));
    const text = docxText(bytes) ?? textOfFile(bytes);
    if (text === undefined) {
      io.err(`${basename(file)}: not a .docx, .txt or .md; save a .doc or .pdf as .docx first\n`);
      return 1;
    }
    io.out(draftYaml(draftPlans(text, basename(file)), basename(file)));
    return 0;
  },
};
