/**
 * From the command `npm start` to the first answer: with an empty directory (schema and demo programme are created), again, and after a
 * kill; and the memory that the program holds after a quarter of a minute. `--against REV`: alternates with that commit.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { server } from '../test/support/process.ts';
import { heldNow, mostHeld } from './support/memory.ts';
import { median, printResult } from './support/print.ts';
import { type Tree, treesToCompare } from './support/trees.ts';

// `npm start` has only the compiled code that it stores itself.
delete process.env.NODE_COMPILE_CACHE;
const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 1 : 5;
const IDLE_MS = 14_000;

type Kind = 'cold: creates schema and demo' | 'warm: both exist' | 'after a kill';
type Start = { ms: number; mb: number | undefined };
const { trees, remove } = treesToCompare(process.argv);
const runs = new Map<Tree, Map<Kind, Start[]>>(trees.map((tree) => [tree, new Map()]));
const idle = new Map<Tree, number>();
try {
  for (let round = 0; round < ROUNDS; round++)
    for (const tree of trees) {
      const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
      const note = async (kind: Kind, signal: NodeJS.Signals, stands = 0) => {
        const of = runs.get(tree)!;
        of.set(kind, [...(of.get(kind) ?? []), await started(tree, dir, signal, stands)]);
      };
      await note('cold: creates schema and demo', 'SIGTERM');
      await note('warm: both exist', 'SIGKILL', round === 0 ? IDLE_MS : 0);
      await note('after a kill', 'SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    }
} finally {
  remove();
}
const rows = [...runs].flatMap(([tree, kinds]) =>
  [...kinds].map(([kind, all]) => ({
    start: [kind, tree.name].filter(Boolean).join(', '),
    ms: median(all.map((run) => run.ms)),
    'its peak MB': Math.max(...all.map((run) => run.mb ?? Number.NaN)),
    'idle MB': kind.startsWith('warm') ? idle.get(tree) : undefined,
  })),
);
printResult('start', rows, { rounds: ROUNDS });

async function started(tree: Tree, dir: string, signal: NodeJS.Signals, stands: number): Promise<Start> {
  const begun = performance.now();
  const running = await server({ DATA_DIR: dir }, [], tree);
  const answer = await fetch(`${running.url}/readyz`);
  if (answer.status !== 200) throw new Error(`not ready: ${answer.status}`);
  const ms = Math.round(performance.now() - begun);
  if (stands > 0) {
    await new Promise((resolve) => setTimeout(resolve, stands));
    idle.set(tree, heldNow(running.child.pid!)!);
  }
  const mb = mostHeld(running.child.pid!);
  await running.kill(signal);
  return { ms, mb };
}
