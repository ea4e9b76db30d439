/** An operator with an empty store, who runs commands as `npm run -s jiedui` does, without a process for each. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { stringify } from 'yaml';
import { type Core, openCore } from '../../src/app/core.ts';
import { runCommand } from '../../src/cli/index.ts';
import type { OwedJson } from '../../src/cli/owed-json.ts';
import { readConfig } from '../../src/config.ts';
import { testStore } from '../support/store.ts';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

export interface Operator {
  core: Core;
  cwd: string;
  run(...argv: string[]): Promise<Ran>;
  /** Writes a file (a value as YAML) and returns its name. */
  file(name: string, content: string | object): string;
  /** Imports a programme value; on failure throws with the output. */
  imports(programme: object, ...more: string[]): Promise<string>;
  /** The duties of one programme. */
  owed(programme: string, ...more: string[]): Promise<OwedJson[]>;
  close(): Promise<void>;
}

/** `at`: the local time at which the operator's clock stands still. */
export async function operator(at = '2026-11-20T15:00', env: Record<string, string> = {}): Promise<Operator> {
  const cwd = mkdtempSync(join(tmpdir(), 'jiedui-contract-'));
  const read = readConfig({ DATA_DIR: join(cwd, 'data'), ...env });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const { config } = read;
  const { store } = await testStore('embedded');
  const now = Temporal.PlainDateTime.from(at).toZonedDateTime(config.timezone).epochMilliseconds;
  const core = await openCore(config, { now: () => now, log: pino({ level: 'silent' }), store });
  const run = async (...argv: string[]): Promise<Ran> => {
    const output = { out: '', err: '' };
    const out = (text: string) => {
      output.out += text;
    };
    const err = (text: string) => {
      output.err += text;
    };
    return { code: await runCommand(argv, { out, err, cwd }, config, core), ...output };
  };
  const file = (name: string, content: string | object) => {
    writeFileSync(join(cwd, name), typeof content === 'string' ? content : stringify(content));
    return name;
  };
  return {
    core,
    cwd,
    run,
    file,
    imports: async (programme, ...more) => {
      const ran = await run('import', file('programme.yaml', programme), ...more);
      if (ran.code !== 0) throw new Error(ran.err);
      return ran.out;
    },
    owed: async (programme, ...more) => {
      const all = JSON.parse((await run('owed', '--json', ...more)).out) as OwedJson[];
      return all.filter((o) => o.programme === programme);
    },
    close: async () => {
      await core.close();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}
