import { readPresets } from '../files.ts';
import type { OperatorCommand } from './command.ts';

export const plans: OperatorCommand = {
  usage: 'plans',
  summary: 'list the plans that come with Jiedui',
  store: false,
  run: async ({ io }) => {
    for (const plan of readPresets().values()) {
      io.out(`${plan.id}  ${plan.title}${plan.source ? `  (${plan.source})` : ''}\n`);
      for (const r of plan.requirements) io.out(`  ${r.id}  ${r.title}${r.assumed ? '（文件未写次数）' : ''}\n`);
    }
    return 0;
  },
};
