/**
 * The ledger of 200,000 activities as a workbook, streamed from the store to the disk: how long it takes, and how much memory beyond
 * what the store itself holds. A smaller one by the first argument; `--quick` is a tenth.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textsOf } from '../src/cards/index.ts';
import { writeLedger } from '../src/export/ledger.ts';
import { fillCounty, openStore } from './support/county-store.ts';

const [given] = process.argv.slice(2);
const ACTIVITIES = 200_000 * (given === '--quick' ? 0.1 : Number(given ?? 1));
const MB = 1024 * 1024;

const store = await openStore('ledger');
const programme = await fillCounty(store.db, 0.1, ACTIVITIES);
const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
const file = join(dir, 'ledger.xlsx');
const before = process.memoryUsage.rss();
let most = before;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 50);
const begun = performance.now();
const order = { realm: { kind: 'programme' } as const, mayName: () => false, timezone: 'Asia/Shanghai' };
const rows = await writeLedger(store.db, programme, file, order, textsOf('zh-CN'));
const seconds = Math.round((performance.now() - begun) / 100) / 10;
clearInterval(watch);
const told = {
  bench: 'ledger',
  rows,
  seconds,
  fileMb: Math.round(statSync(file).size / MB),
  memoryMb: Math.round((most - before) / MB),
};
console.log(`${rows} activities: ${seconds} s, ${told.fileMb} MB on disk, ${told.memoryMb} MB of memory more`);
console.log(JSON.stringify(told));
await store.close();
rmSync(dir, { recursive: true });
