import { parseArgs } from 'node:util';
import { runnable } from '../jobs/index.ts';
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
    const name = positionals[0] ?? '';
    const job = Object.hasOwn(runnable, name) ? runnable[name] : undefined;
    if (!job || positionals.length > 1) throw new Usage(`run takes one of: ${Object.keys(runnable).join(', ')}`);
    const instant = instantArg(values.at, core);
    if (values.dry) {
      let lines = 0;
      for await (const line of job.preview?.(core.ctx, instant) ?? []) {
        io.out(`${line}\n`);
        lines += 1;
      }
      if (lines === 0) io.out(`${job.name} sends nothing\n`);
      return 0;
    }
    const result = await job.run(core.ctx, instant);
    io.out(`${job.name}: ${result ?? 'done'}\n`);
    return 0;
  },
};
