/** From `node src/main.ts` to the first answer: with an empty directory (schema and demo programme are made) and again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { server } from '../test/support/process.ts';
import { median } from './support/load.ts';

const ROUNDS = process.argv.includes('--quick') ? 1 : 5;
const runs: { cold: number; warm: number }[] = [];
for (let i = 0; i < ROUNDS; i++) {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
  runs.push({ cold: await ready(dir), warm: await ready(dir) });
  rmSync(dir, { recursive: true, force: true });
}
const cold = median(runs.map((run) => run.cold));
const warm = median(runs.map((run) => run.warm));
console.log(`start to first answer: cold ${cold} ms, warm ${warm} ms (median of ${ROUNDS})`);
console.log(JSON.stringify({ bench: 'start', cold_ms: cold, warm_ms: warm, rounds: ROUNDS }));

async function ready(dir: string): Promise<number> {
  const begun = performance.now();
  const running = await server({ DATA_DIR: dir });
  const answer = await fetch(`${running.url}/readyz`);
  if (answer.status !== 200) throw new Error(`not ready: ${answer.status}`);
  const took = Math.round(performance.now() - begun);
  await running.kill('SIGTERM');
  return took;
}
