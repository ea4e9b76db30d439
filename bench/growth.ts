/**
 * How the cost of each thing grows with the county. A county is 60 schools, 2,000 teachers and 6,000 pupils; what computes only is
 * measured on 0.1, 1 and 10 of them, what stores on 0.01, 0.1 and 1 (embedded, in memory). The exponent is fitted through all sizes in
 * logarithms: 1 grows with the county, 0 does not, 2 would be trouble. `--quick` leaves out the largest of the first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readerKnows } from '../src/bot/facts.ts';
import { textsOf } from '../src/cards/index.ts';
import { summaryCard } from '../src/cards/summary.ts';
import { writeLedger } from '../src/export/ledger.ts';
import { readPresets } from '../src/files.ts';
import { deriveObligations } from '../src/plan/obligations.ts';
import type { Programme } from '../src/plan/programme.ts';
import { rehearse } from '../src/plan/rehearse.ts';
import { read } from '../src/reading/read.ts';
import { openEmbedded } from '../src/store/db.ts';
import { importProgramme } from '../src/store/import.ts';
import { migrate } from '../src/store/migrate.ts';
import { readSummary } from '../src/store/summary.ts';
import { transact } from '../src/store/transaction.ts';
import { countyProgramme } from './county.ts';
import { fillCounty } from './support/county-store.ts';
import { median } from './support/load.ts';

const quick = process.argv.includes('--quick');
const COMPUTED = quick ? [0.1, 1] : [0.1, 1, 10];
const STORED = [0.01, 0.1, 1];
const ROUNDS = quick ? 1 : 3;
const TODAY = '2026-11-20';
const presets = readPresets();

type Question = { name: string; unit: string; sizes: number[]; measure: (size: number) => Promise<number> | number };

const county = (size: number): Programme =>
  countyProgramme([presets.get('yunxian-minzu')!, presets.get('care-pupils')!], {
    schools: Math.max(2, Math.round(60 * size)),
    teachers: 2_000 * size,
    pupils: 6_000 * size,
  });

const timed = async (work: () => unknown): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

const deriving = (programme: Programme) => timed(() => deriveObligations(programme, TODAY));
const rehearsing = (programme: Programme) =>
  timed(() => rehearse(programme, { start: '2026-11-01', end: '2026-11-30' }, {}));

const questions: Question[] = [
  { name: 'duties of a school year', unit: 'ms', sizes: COMPUTED, measure: (size) => deriving(county(size)) },
  { name: 'rehearsal of a month', unit: 'ms', sizes: COMPUTED, measure: (size) => rehearsing(county(size)) },
  { name: 'one message read, of so many known people', unit: 'ms', sizes: COMPUTED, measure: (size) => reading(size) },
  { name: 'first import', unit: 'ms', sizes: STORED, measure: async (size) => (await importing(size)).first },
  { name: 'the same file again', unit: 'ms', sizes: STORED, measure: async (size) => (await importing(size)).again },
  { name: 'summary card', unit: 'ms', sizes: STORED, measure: async (size) => (await counted(size)).summary },
  {
    name: 'ledger, 100,000 activities a county',
    unit: 'ms',
    sizes: STORED,
    measure: async (size) => (await counted(size)).ledger,
  },
];

for (const { name, unit, sizes, measure } of questions) {
  const costs: number[] = [];
  for (const size of sizes) {
    const rounds: number[] = [];
    for (let round = 0; round < (size >= 1 ? 1 : ROUNDS); round++) rounds.push(await measure(size));
    costs.push(median(rounds));
  }
  const exponent = Math.round(slope(sizes.map(Math.log), costs.map(Math.log)) * 100) / 100;
  const told = sizes.map((size, i) => `${size}× ${costs[i]!.toFixed(costs[i]! < 10 ? 2 : 0)} ${unit}`).join(', ');
  console.log(`${name}: ${told}; grows with the ${exponent} power`);
  console.log(JSON.stringify({ bench: 'growth', name, unit, sizes, costs, exponent }));
}

/** As the bot does for each message of a person: what they may name, kept while the programme stays, then the reading. */
function reading(size: number): number {
  const MESSAGES = 300;
  const programme = { ...county(size), retired: {} };
  const me = programme.people[0]!;
  const begun = performance.now();
  for (let i = 0; i < MESSAGES; i++) {
    const text = `昨天到${programme.schools[i % programme.schools.length]!.name}上了两节七年级语文`;
    read(text, { today: TODAY, time: '18:00' }, readerKnows({ programme, me }));
  }
  return (performance.now() - begun) / MESSAGES;
}

async function importing(size: number): Promise<{ first: number; again: number }> {
  const { id, version, leaves, ...file } = county(size);
  const store = await openEmbedded(undefined);
  await migrate(store.db);
  let n = 0;
  const newId = () => `00000000-0000-7000-8000-${String(++n).padStart(12, '0')}`;
  const once = () =>
    timed(() =>
      transact(store.db, (trx) => importProgramme(trx, { ...file, activities: [] }, { now: 0, today: TODAY, newId })),
    );
  const told = { first: await once(), again: await once() };
  await store.close();
  return told;
}

async function counted(size: number): Promise<{ summary: number; ledger: number }> {
  const store = await openEmbedded(undefined);
  await migrate(store.db);
  const programme = await fillCounty(store.db, size, 100_000 * size);
  const t = textsOf('zh-CN');
  const asked = { realm: { kind: 'programme' }, span: 'week', by: 'school', today: TODAY } as const;
  const card = () =>
    timed(async () => JSON.stringify(summaryCard((await readSummary(store.db, programme, asked))!, programme, 1, t)));
  await card();
  const summary = median([await card(), await card(), await card()]);
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
  const order = { realm: { kind: 'programme' }, mayName: () => false, timezone: 'Asia/Shanghai' } as const;
  const ledger = await timed(() => writeLedger(store.db, programme, join(dir, 'ledger.xlsx'), order, t));
  rmSync(dir, { recursive: true });
  await store.close();
  return { summary, ledger };
}

/** Of the straight line nearest to the points. */
function slope(xs: number[], ys: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const over = xs.reduce((sum, x, i) => sum + (x - mx) * (ys[i]! - my), 0);
  return over / xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
}
