/**
 * How the cost of each operation grows with the county. A county is 60 schools, 2,000 teachers and 6,000 pupils in care. Pure
 * computations are measured on 0.1 to 100 of them in one programme, stores on 0.01, 0.1 and 1 (embedded, in memory). The power is the
 * slope of the straight line fitted to all sizes in logarithms: 1 grows with the county, 0 does not, 2 would be trouble. Each size is a
 * separate process and reports if it exceeds memory or time. `--quick`: smaller sizes. `--only=duties,store`: only these.
 */
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { getHeapStatistics } from 'node:v8';
import type { Grown } from './support/growing.ts';
import { printResult, type Row, rounded } from './support/print.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
const LIMIT_SECONDS = values.quick ? 20 : 240;
const SIZES: Record<string, number[]> = values.quick
  ? { duties: [0.05, 0.5], rehearsal: [0.01, 0.05], reading: [0.05, 0.5], store: [0.01, 0.02] }
  : { duties: [0.1, 1, 10, 100], rehearsal: [0.1, 1, 10, 100], reading: [0.1, 1, 10, 100], store: [0.01, 0.1, 1] };
const allSizes = [...new Set(Object.values(SIZES).flat())].sort((a, b) => a - b);
const questions = values.only?.split(',') ?? Object.keys(SIZES);

const rows: Row[] = [];
const missing: string[] = [];
for (const question of questions) {
  const costs = new Map<string, Map<number, number>>();
  const held = new Map<number, number>();
  for (const size of SIZES[question] ?? []) {
    const grown = await measured(question, size, size < 1 && !values.quick ? 3 : 1);
    if (typeof grown === 'string') {
      missing.push(`${question}, ${size} counties: ${grown}`);
      continue;
    }
    if (grown.peakMb) held.set(size, grown.peakMb);
    for (const [name, ms] of Object.entries(grown.costs)) costs.set(name, (costs.get(name) ?? new Map()).set(size, ms));
  }
  for (const [name, bySize] of costs) rows.push(row(`${name}, ms`, bySize));
  if (held.size > 0) rows.push(row(`${question}: most memory, MB`, held));
}
for (const line of missing) console.log(line);
printResult('growth', rows, { missing });

function row(what: string, bySize: Map<number, number>): Row {
  const cells = allSizes.map((size) => {
    const value = bySize.get(size);
    return [`${size}×`, value && rounded(value, value < 10 ? 2 : 0)];
  });
  return { what, ...Object.fromEntries(cells), power: rounded(power(bySize), 2) };
}

/** The result, or why there is none. */
function measured(question: string, size: number, rounds: number): Promise<Grown | string> {
  const child = fork(new URL('./support/growing.ts', import.meta.url), [question, String(size), String(rounds)], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, LIMIT_SECONDS * 1_000);
  let errors = '';
  child.stderr!.on('data', (chunk) => {
    errors += chunk;
  });
  return new Promise((resolve) => {
    let grown: Grown | undefined;
    child.on('message', (value) => {
      grown = value as Grown;
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      if (grown) resolve(grown);
      else if (late) resolve(`not within ${LIMIT_SECONDS} s`);
      else if (errors.includes('heap out of memory'))
        resolve(
          `not within the ${Math.round(getHeapStatistics().heap_size_limit / 2 ** 30)} GB that Node gives a process`,
        );
      else {
        process.exitCode = 1;
        resolve(`FAILED, ended with ${code}: ${errors.slice(-2_000)}`);
      }
    });
  });
}

/** The slope of the line fitted to the points, both in logarithms. */
function power(bySize: Map<number, number>): number {
  const xs = [...bySize.keys()].map(Math.log);
  const ys = [...bySize.values()].map(Math.log);
  const mean = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const over = xs.reduce((sum, x, i) => sum + (x - mx) * (ys[i]! - my), 0);
  return over / xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
}
