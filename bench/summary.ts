/**
 * The leaders' summary of a county of 60 schools with 200,000 activities and two years of duties, next to one with ten times
 * the history: how long a card takes from the store to its JSON. The two alternate, so that other load on the machine affects
 * both. At full size on a database of `MYSQL_URL`; the embedded store holds both in memory and takes a tenth. `--quick`: a fiftieth,
 * embedded only if no server answers. `--scale=0.5`: another fraction.
 */
import { parseArgs } from 'node:util';
import { textsOf } from '../src/cards/index.ts';
import { summaryCard } from '../src/cards/summary.ts';
import { GROUPINGS, type Grouping, type Realm } from '../src/plan/summary.ts';
import type { Store } from '../src/store/db.ts';
import type { StoredProgramme } from '../src/store/programmes.ts';
import { readSummary } from '../src/store/summary.ts';
import { mysqlUrl } from '../test/support/services.ts';
import { addYears, fillCounty, sizeOf, TODAY } from './support/county-store.ts';
import { printResult, ratio, timed } from './support/print.ts';
import { type Backend, scratchStore, servicesMissing } from './support/scratch.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, scale: { type: 'string' } } });
const YEARS = 2;
const RUNS = values.quick ? 16 : 40;
const WARM_UP = 3;
const REALMS: [string, Realm][] = [
  ['the programme', { kind: 'programme' }],
  ['one school', { kind: 'school', id: 's1' }],
];
type County = { store: Store; programme: StoredProgramme };

if (!values.quick || !mysqlUrl) await compare('embedded', 0.1);
if (mysqlUrl) await compare('services', 1);
else servicesMissing('The summary on MariaDB');

async function compare(backend: Backend, full: number): Promise<void> {
  const scale = Number(values.scale ?? (values.quick ? 0.02 : full));
  const stores: Store[] = [];
  const counties: County[] = [];
  try {
    for (const years of [YEARS, YEARS * 10]) {
      stores.push(await scratchStore(backend));
      counties.push(await county(stores.at(-1)!, `${backend}, ${years} years`, scale, years));
    }
    const rows = [];
    for (const [name, realm] of REALMS)
      for (const by of GROUPINGS) rows.push({ realm: name, by, ...(await beside(counties, realm, by)) });
    printResult('summary', rows, { backend, scale, runs: RUNS });
  } finally {
    for (const store of stores) await store.close();
  }
}

async function county(store: Store, name: string, scale: number, years: number): Promise<County> {
  const begun = performance.now();
  const programme = await fillCounty(store.db, scale, (200_000 * scale) / YEARS);
  await addYears(store.db, 1, years);
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.log(`${name}: ${await sizeOf(store.db)}, loaded in ${seconds} s`);
  return { store, programme };
}

async function beside(counties: County[], realm: Realm, by: Grouping) {
  const times: number[][] = counties.map(() => []);
  for (let run = -WARM_UP; run < RUNS; run++)
    for (const [i, one] of counties.entries()) {
      const ms = await timed(() => card(one, realm, by));
      if (run >= 0) times[i]!.push(ms);
    }
  const [short, long] = times.map(percentiles) as [Percentiles, Percentiles];
  return {
    'p50 ms': short.p50,
    'p95 ms': short.p95,
    'ten times: p50 ms': long.p50,
    'ten times: p95 ms': long.p95,
    'p50 ×': ratio(long.p50, short.p50),
    'p95 ×': ratio(long.p95, short.p95),
  };
}

async function card({ store, programme }: County, realm: Realm, by: Grouping): Promise<string> {
  const figures = await readSummary(store.db, programme, { realm, span: 'week', by, today: TODAY });
  return JSON.stringify(summaryCard(figures!, { programme, mayExport: true }, textsOf('zh-CN')));
}

interface Percentiles {
  p50: number;
  p95: number;
}
function percentiles(times: number[]): Percentiles {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: Math.round(sorted[RUNS / 2]!), p95: Math.round(sorted[Math.ceil(RUNS * 0.95) - 1]!) };
}
