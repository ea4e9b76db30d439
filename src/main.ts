import { existsSync, readFileSync } from 'node:fs';
import { CannotStart } from './app/core.ts';
import { mergeEnv, readConfig } from './config.ts';
import { endWith } from './exit.ts';
import { start } from './start.ts';

const out = (line: string) => void process.stdout.write(`${line}\n`);
function fail(...lines: string[]) {
  process.stderr.write(`${lines.join('\n')}\n`);
  endWith(1);
}

const env = mergeEnv(existsSync('.env') ? readFileSync('.env', 'utf8') : '', process.env);
const read = readConfig(env);
if ('problems' in read) fail('Jiedui cannot start:', ...read.problems.map((problem) => `  ${problem}`));
else {
  try {
    const running = await start(read.config, out);
    let stopping = false;
    const stop = () => {
      // A second signal means: do not wait for what is still under way.
      if (stopping) process.kill(process.pid, 'SIGKILL');
      stopping = true;
      running.stop().then(
        () => endWith(0),
        (error: Error) => fail(String(error.stack)),
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    fail(error instanceof CannotStart ? `Jiedui cannot start: ${error.message}` : String((error as Error).stack));
  }
}
