/**
 * The ledger of 200,000 activities as a workbook, streamed from the embedded store to the disk, alternating with the ledger of the first
 * tenth of the days: seconds, and memory beyond what the store holds; ten times the rows should take ten times as long in the
 * same memory. `--quick`: a twentieth of both.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textsOf } from '../src/cards/index.ts';
import { writeLedger } from '../src/export/ledger.ts';
import type { Range } from '../src/plan/dates.ts';
import { fillCounty } from './support/county-store.ts';
import { heldBeyond } from './support/memory.ts';
import { median, printResult, ratio, rounded, timed } from './support/print.ts';
import { scratchStore } from './support/scratch.ts';

const quick = process.argv.includes('--quick');
const ACTIVITIES = quick ? 10_000 : 200_000;
const ROUNDS = 3;

const store = await scratchStore('embedded');
const programme = await fillCounty(store.db, quick ? 0.02 : 0.1, ACTIVITIES, quick ? 10 : 60);
const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
const file = join(dir, 'ledger.xlsx');

type Run = { activities: number; seconds: number; fileMb: number; moreMb: number };
const spans: { ledger: string; dates: Range; runs: Run[] }[] = [
  { ledger: 'a tenth of the days', dates: { start: '2026-09-01', end: '2026-09-13' }, runs: [] },
  { ledger: 'all', dates: { start: '2026-09-01', end: '2027-07-31' }, runs: [] },
];
for (let round = 0; round < ROUNDS; round++)
  for (const { dates, runs } of spans) runs.push(await written({ dates, realm: { kind: 'programme' } }));

const rows = spans.map(({ ledger, runs }) => {
  const of = (key: keyof Run) => median(runs.map((run) => run[key]));
  // Memory is not returned between rounds, so the maximum counts.
  const memory = Math.max(...runs.map((run) => run.moreMb));
  return {
    ledger,
    activities: of('activities'),
    seconds: rounded(of('seconds'), 2),
    'rows/s': Math.round(of('activities') / of('seconds')),
    'MB on disk': rounded(of('fileMb'), 1),
    'MB more': memory,
  };
});
const [tenth, all] = rows as [(typeof rows)[number], (typeof rows)[number]];
const times = { rows: ratio(all.activities, tenth.activities), seconds: ratio(all.seconds, tenth.seconds) };
console.log(`${times.rows} times the rows take ${times.seconds} times as long`);
printResult('ledger', rows, { rounds: ROUNDS, times });
await store.close();
rmSync(dir, { recursive: true });

async function written(what: Pick<Parameters<typeof writeLedger>[3], 'dates' | 'realm'>): Promise<Run> {
  const order = { ...what, mayName: () => false, timezone: 'Asia/Shanghai' };
  let activities = 0;
  const { result, moreMb } = await heldBeyond(() =>
    timed(async () => {
      activities = await writeLedger(store.db, programme, file, order, textsOf('zh-CN'));
    }),
  );
  return { activities, seconds: result / 1_000, fileMb: statSync(file).size / 2 ** 20, moreMb };
}
