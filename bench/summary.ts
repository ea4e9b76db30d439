/**
 * The leaders' summary on a county of 60 schools with 200,000 activities and two years of duties, and beside it on one with ten times
 * the history: how long a card takes from the store to its JSON. The two take turns, so that whatever else the machine does burdens
 * both. At full size on MySQL, where `DATABASE_URL` names databases to make; embedded stores hold it in memory and take a tenth, as
 * does `--quick`. Another part by the first argument, e.g. 0.5.
 */
import { textsOf } from '../src/cards/index.ts';
import { summaryCard } from '../src/cards/summary.ts';
import { GROUPINGS, type Grouping, type Realm } from '../src/plan/summary.ts';
import type { Store } from '../src/store/db.ts';
import type { StoredProgramme } from '../src/store/programmes.ts';
import { readSummary } from '../src/store/summary.ts';
import { addYears, fillCounty, openStore, sizeOf, TODAY } from './support/county-store.ts';

const [given] = process.argv.slice(2);
const SCALE = Number((given === '--quick' ? undefined : given) ?? (process.env.DATABASE_URL && !given ? 1 : 0.1));
const YEARS = 2;
const RUNS = 40;
const WARM_UP = 3;
const REALMS: [string, Realm][] = [
  ['the programme', { kind: 'programme' }],
  ['one school', { kind: 'school', id: 's1' }],
];
type County = { store: Store; programme: StoredProgramme };

const counties = [await county('short', YEARS), await county('long', YEARS * 10)];
for (const [name, realm] of REALMS)
  for (const by of GROUPINGS) {
    const times: number[][] = [[], []];
    for (let run = -WARM_UP; run < RUNS; run++)
      for (const [i, one] of counties.entries()) {
        const ms = await timed(one, realm, by);
        if (run >= 0) times[i]!.push(ms);
      }
    const [short, long] = times.map(percentiles) as [Percentiles, Percentiles];
    const ratio = (a: number, b: number) => Math.round((b / a) * 100) / 100;
    const told = { p50: ratio(short.p50, long.p50), p95: ratio(short.p95, long.p95) };
    console.log(
      `${name} by ${by}: p50 ${short.p50} ms, p95 ${short.p95} ms; ten times the history p50 ${long.p50} ms, p95 ${long.p95} ms: ${told.p50} and ${told.p95} times`,
    );
    console.log(JSON.stringify({ bench: 'summary', scale: SCALE, realm: name, by, short, long, times: told }));
  }
for (const { store } of counties) await store.close();

async function county(suffix: string, years: number): Promise<County> {
  const begun = performance.now();
  const store = await openStore(suffix);
  const programme = await fillCounty(store.db, SCALE, (200_000 * SCALE) / YEARS);
  await addYears(store.db, 1, years);
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.log(`${years} years: ${await sizeOf(store.db)}, loaded in ${seconds} s`);
  return { store, programme };
}

async function timed({ store, programme }: County, realm: Realm, by: Grouping): Promise<number> {
  const start = performance.now();
  const figures = await readSummary(store.db, programme, { realm, span: 'week', by, today: TODAY });
  JSON.stringify(summaryCard(figures!, programme, 1, textsOf('zh-CN')));
  return performance.now() - start;
}

interface Percentiles {
  p50: number;
  p95: number;
}
function percentiles(times: number[]): Percentiles {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: Math.round(sorted[RUNS / 2]!), p95: Math.round(sorted[Math.ceil(RUNS * 0.95) - 1]!) };
}
