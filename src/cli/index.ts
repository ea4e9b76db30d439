import type { Core } from '../app/core.ts';
import type { Config } from '../config.ts';
import type { ControlIo } from '../control.ts';
import { BadFile } from '../files.ts';
import { backup } from './backup.ts';
import { change } from './change.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { doctor } from './doctor.ts';
import { exportFile } from './export.ts';
import { forget } from './forget.ts';
import { importFile } from './import.ts';
import { migrate } from './migrate.ts';
import { mirror } from './mirror.ts';
import { notices } from './notices.ts';
import { owed } from './owed.ts';
import { planDraft } from './plan-draft.ts';
import { plans } from './plans.ts';
import { read } from './read.ts';
import { rebind } from './rebind.ts';
import { rehearse } from './rehearse.ts';
import { restore } from './restore.ts';
import { run } from './run.ts';
import { template } from './template.ts';
import { token } from './token.ts';
import { webhook } from './webhook.ts';

/** Every operator command but `start`, which is the program itself. */
export const operatorCommands: Record<string, OperatorCommand> = {
  migrate,
  import: importFile,
  export: exportFile,
  forget,
  template,
  change,
  plans,
  'plan-draft': planDraft,
  owed,
  rehearse,
  read,
  run,
  notices,
  backup,
  restore,
  doctor,
  rebind,
  token,
  mirror,
  webhook,
};

export const usage = (): string =>
  [
    'usage: npm run -s jiedui -- <command>',
    '',
    ...[
      [
        'start [--first-day]',
        'run the program; or play the ten steps of docs/setup.md against the sandbox, with doctor at each',
      ],
      ...Object.values(operatorCommands).map((c) => [c.usage, c.summary]),
    ].map(([words, summary]) => `  ${words}\n      ${summary}`),
    '',
  ].join('\n');

const commandOf = ([name = '']: string[]): OperatorCommand | undefined =>
  Object.hasOwn(operatorCommands, name) ? operatorCommands[name] : undefined;

/** Runs one command and returns its exit code: 0 done, 1 failed, 2 wrong words. Errors are printed, never thrown. */
export async function runCommand(argv: string[], io: ControlIo, config: Config, core: Core): Promise<number> {
  const command = commandOf(argv);
  if (!command) {
    io.err(usage());
    return 2;
  }
  return exitCodeOf(command, io, () => command.run({ args: argv.slice(1), io, config, core }));
}

/** The same for a command that opens nothing; undefined if the command is unknown or needs the store. */
export async function runWithoutStore(argv: string[], io: ControlIo): Promise<number | undefined> {
  const command = commandOf(argv);
  if (command?.store !== false) return undefined;
  return exitCodeOf(command, io, () => command.run({ args: argv.slice(1), io }));
}

async function exitCodeOf({ usage }: OperatorCommand, io: ControlIo, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (error instanceof Usage || code?.startsWith('ERR_PARSE_ARGS')) {
      io.err(`${message}\nusage: ${usage}\n`);
      return 2;
    }
    if (error instanceof BadFile) {
      io.err(`${message}\nnothing was imported\n`);
      return 1;
    }
    io.err(
      code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES'
        ? `${message}\n`
        : `${(error as Error).stack ?? message}\n`,
    );
    return 1;
  }
}
