/** From `node src/main.ts` to the first answer: with an empty directory (schema and demo programme are made) and again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { server } from '../test/support/process.ts';
import { mostHeld } from './support/memory.ts';
import { median, ratio, tell } from './support/tell.ts';

// `npm start` has no compiled code at hand.
delete process.env.NODE_COMPILE_CACHE;
const ROUNDS = process.argv.includes('--quick') ? 1 : 5;
type Start = { ms: number; mb: number | undefined };
const starts: { start: string; runs: Start[] }[] = [
  { start: 'cold: schema and demo made', runs: [] },
  { start: 'warm: they are there', runs: [] },
];
for (let round = 0; round < ROUNDS; round++) {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
  for (const { runs } of starts) runs.push(await started(dir));
  rmSync(dir, { recursive: true, force: true });
}
const cold = median(starts[0]!.runs.map((run) => run.ms));
const rows = starts.map(({ start, runs }) => {
  const ms = median(runs.map((run) => run.ms));
  const mb = Math.max(...runs.map((run) => run.mb ?? Number.NaN));
  return { start, ms, '÷ cold': ratio(ms, cold), 'its peak MB': mb };
});
tell('start', rows, { rounds: ROUNDS });

async function started(dir: string): Promise<Start> {
  const begun = performance.now();
  const running = await server({ DATA_DIR: dir });
  const answer = await fetch(`${running.url}/readyz`);
  if (answer.status !== 200) throw new Error(`not ready: ${answer.status}`);
  const ms = Math.round(performance.now() - begun);
  const mb = mostHeld(running.child.pid!);
  await running.kill('SIGTERM');
  return { ms, mb };
}
