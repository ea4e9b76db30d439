import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = new URL('../../', import.meta.url).pathname;
/** Saves each process from compiling every module, most of the cost of its start. A benchmark’s start does without. */
const compiled = join(root, 'node_modules/.cache/jiedui-test');

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Runs an operator command without npm. */
export function cli(args: string[], env: Record<string, string>): Promise<Ran> {
  const child = node(['src/cli.ts', ...args], env);
  return finished(child);
}

/** The program as a separate process. */
export interface Server {
  child: ChildProcess;
  url: string;
  lines: string[];
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts the program; resolves when it prints where it listens. Rejects with its output if it ends before. `through`: a
 * command that runs the rest of its line in other circumstances (`unshare …`). `from`: the tree to run, and the flags of its Node.
 */
export async function server(
  env: Record<string, string>,
  through: string[] = [],
  from: { root: string; flags: string[] } = { root, flags: [] },
): Promise<Server> {
  const child = node([...from.flags, 'src/main.ts'], { PORT: '0', ...env }, through, from.root);
  const lines: string[] = [];
  const ended = finished(child);
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      lines.push(line);
      const found = /^Jiedui listens on (\S+)/.exec(line);
      if (found) resolve(found[1]!);
    });
    ended.then((ran) => reject(new Error(`ended with ${ran.code}\n${ran.out}${ran.err}`)));
  });
  return {
    child,
    url,
    lines,
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await ended;
    },
  };
}

function node(args: string[], env: Record<string, string>, through: string[] = [], cwd = root): ChildProcess {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(
      ([k]) =>
        !/^(LARK_|JIEDUI_|DATABASE_|REDIS_|DATA_DIR|PORT|HOST|ROLE|LOG_LEVEL|ADMIN_TOKEN|VITEST|NODE_OPTIONS)/.test(k),
    ),
  );
  const [program, ...words] = [...through, process.execPath, ...args] as [string, ...string[]];
  return spawn(program, words, {
    cwd,
    env: { ...(process.env.VITEST && { NODE_COMPILE_CACHE: compiled }), ...clean, LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function finished(child: ChildProcess): Promise<Ran> {
  let out = '';
  let err = '';
  child.stdout!.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr!.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}
