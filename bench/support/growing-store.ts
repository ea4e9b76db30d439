/** The measurements of `growth` on a store that holds `size` counties: embedded, in memory. */
import { randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Core, openCore } from '../../src/app/core.ts';
import { receive } from '../../src/bot/intake/receive.ts';
import { textsOf } from '../../src/cards/index.ts';
import { summaryCard } from '../../src/cards/summary.ts';
import { readConfig } from '../../src/config.ts';
import { writeLedger } from '../../src/export/ledger.ts';
import { jobs } from '../../src/jobs/index.ts';
import type { Envelope } from '../../src/lark/verify.ts';
import { readSummary } from '../../src/store/summary.ts';
import { countySize } from './county.ts';
import { fillCounty } from './county-store.ts';
import { envelopeOf, messageEvent } from './feishu.ts';
import type { Costs } from './growing.ts';
import { median, timed } from './print.ts';
import { scratchStore } from './scratch.ts';
import { fillTown, reportOf } from './town.ts';

const TODAY = '2026-11-20';
/** A Friday, 09:07 in Asia/Shanghai: when the morning's cards are planned. */
const MORNING = Temporal.ZonedDateTime.from(`${TODAY}T09:07[Asia/Shanghai]`).epochMilliseconds;

/** Milliseconds by measurement. */
export async function measureStore(size: number): Promise<Costs> {
  const store = await scratchStore('embedded');
  const config = readConfig({});
  if ('problems' in config) throw new Error(config.problems.join('\n'));
  const core = await openCore(config.config, { store, now: () => MORNING, log: pino({ level: 'silent' }) });
  const costs = { ...(await townIn(core, size)), ...(await countyIn(core, size)) };
  await core.close();
  return costs;
}

/** Measures a programme from its file, its morning and its reports. */
async function townIn(core: Core, size: number): Promise<Costs> {
  const town = countySize(size);
  const first = await timed(() => fillTown(core, town, TODAY));
  const again = await timed(() => fillTown(core, town, TODAY));
  const planned = await timed(() => jobs.morning!.run(core.ctx, MORNING));
  const reports: number[] = [];
  for (let n = 0; n < 40; n++) {
    const { openId, text } = reportOf(n, town);
    const inside = envelopeOf(messageEvent(openId, text, MORNING), MORNING) as unknown as Envelope;
    reports.push(await timed(() => receive(core.ctx, inside, undefined)));
  }
  return {
    'first import': first,
    'the same file again': again,
    'a morning planned': planned,
    'one report': median(reports),
  };
}

/** Measures a store with 100,000 activities per county. */
async function countyIn({ ctx: { db } }: Core, size: number): Promise<Costs> {
  const programme = await fillCounty(db, size, Math.round(100_000 * size), countySize(size).schools);
  const t = textsOf('zh-CN');
  const query = { realm: { kind: 'programme' }, span: 'week', by: 'school', today: TODAY } as const;
  const cards: number[] = [];
  for (let run = 0; run < 6; run++)
    cards.push(
      await timed(async () =>
        JSON.stringify(summaryCard((await readSummary(db, programme, query))!, { programme, mayExport: true }, t)),
      ),
    );
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
  const order = { realm: { kind: 'programme' }, mayName: () => false, timezone: 'Asia/Shanghai' } as const;
  const ledger = await timed(() => writeLedger(db, programme, join(dir, `${randomUUIDv7()}.xlsx`), order, t));
  rmSync(dir, { recursive: true });
  return { 'summary card': median(cards.slice(1)), ledger };
}
