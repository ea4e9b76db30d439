import { existsSync, readFileSync } from 'node:fs';
import { CannotStart, openCore, placeRefused } from './app/core.ts';
import { operatorCommands, runCommand, runWithoutStore, usage } from './cli/index.ts';
import { type Config, mergeEnv, readConfig } from './config.ts';
import { callControl, holdControl, isAlreadyRunning } from './control.ts';
import { endWith } from './exit.ts';
import { settleRestored } from './store/embedded.ts';

// `owed --json | head` closes our output early, which is how a reader says that it has enough.
process.stdout.on('error', (error: { code?: string }) => {
  if (error.code !== 'EPIPE') throw error;
  endWith(0);
});

const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  cwd: process.env.INIT_CWD ?? process.cwd(),
};

async function main(argv: string[]): Promise<number | undefined> {
  const [name] = argv;
  if (name === 'start' && argv[1] === '--first-day') return (await import('./cli/first-day.ts')).playFirstDay(io);
  if (name === 'start') {
    await import('./main.ts');
    return undefined;
  }
  if (!name || !Object.hasOwn(operatorCommands, name)) {
    (name === 'help' || name === '--help' ? io.out : io.err)(usage());
    return name === 'help' || name === '--help' ? 0 : 2;
  }
  const alone = await runWithoutStore(argv, io);
  if (alone !== undefined) return alone;
  const env = mergeEnv(existsSync('.env') ? readFileSync('.env', 'utf8') : '', process.env);
  // An operator waits for an answer, not for a log.
  const read = readConfig({ ...env, LOG_LEVEL: env.LOG_LEVEL ?? 'error' });
  if ('problems' in read) {
    io.err(`${['The settings are wrong:', ...read.problems.map((p) => `  ${p}`)].join('\n')}\n`);
    return 1;
  }
  return read.config.databaseUrl ? runHere(argv, read.config) : embedded(argv, read.config);
}

/** With the embedded store the running program runs the command; if none is running, this process takes its place. */
async function embedded(argv: string[], config: Config): Promise<number> {
  const exitCode = await callControl(config.dataDir, argv, io.out, io.err, io.cwd);
  if (exitCode !== undefined) return exitCode;
  const control = await holdControl(config.dataDir, async (_argv, other) => {
    other.err('another command is running on this DATA_DIR; try again in a moment\n');
    return 1;
  }).catch((error: Error) => {
    throw isAlreadyRunning(error) ? error : placeRefused(error, config.dataDir);
  });
  try {
    return await runHere(argv, config);
  } finally {
    await control.release();
  }
}

async function runHere(argv: string[], config: Config): Promise<number> {
  const restoring = argv[0] === 'restore';
  const core = await openCore(config, { anyApp: argv[0] === 'rebind', restoring });
  let code = 1;
  try {
    code = await runCommand(argv, io, config, core);
  } finally {
    await core.close();
    if (restoring && core.store.embedded) await settleRestored(config.dataDir, code === 0);
  }
  return code;
}

try {
  const code = await main(process.argv.slice(2));
  if (code !== undefined) endWith(code);
} catch (error) {
  const known = error instanceof CannotStart || isAlreadyRunning(error);
  io.err(`${known ? (error as Error).message : (error as Error).stack}\n`);
  endWith(1);
}
