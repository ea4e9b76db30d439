import { parseArgs } from 'node:util';
import { jobs } from '../jobs/index.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { instantArg } from './moments.ts';

export const run: OperatorCommand = {
  usage: 'run JOB [--at INSTANT] [--dry]',
  summary: 'run a job as if it were due at that instant',
  run: async ({ args, io, core }) => {
    const { values, positionals } = parseArgs({
      args,
      options: { at: { type: 'string' }, dry: { type: 'boolean' } },
      allowPositionals: true,
    });
    const job = jobs[positionals[0] ?? ''];
    if (!job || positionals.length > 1) throw new Usage(`run takes one of: ${Object.keys(jobs).join(', ')}`);
    const instant = instantArg(values.at, core);
    if (values.dry) {
      io.out(`${job.name} sends nothing\n`);
      return 0;
    }
    await job.run(core.ctx, instant);
    io.out(`${job.name} has run\n`);
    return 0;
  },
};
