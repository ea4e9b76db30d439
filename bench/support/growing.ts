/**
 * What `growth` asks of one size, as a process of its own, so that each size tells its own memory and one that is too large dies alone:
 * `growing.ts QUESTION SIZE ROUNDS` sends the medians of what it measured, ms by name, and the most memory it held.
 */
import { randomUUIDv7 } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Core, openCore } from '../../src/app/core.ts';
import { readerKnows } from '../../src/bot/facts.ts';
import { receive } from '../../src/bot/receive.ts';
import { textsOf } from '../../src/cards/index.ts';
import { summaryCard } from '../../src/cards/summary.ts';
import { readConfig } from '../../src/config.ts';
import { writeLedger } from '../../src/export/ledger.ts';
import { jobs } from '../../src/jobs/index.ts';
import type { Envelope } from '../../src/lark/verify.ts';
import { deriveObligations } from '../../src/plan/obligations.ts';
import { rehearse } from '../../src/plan/rehearse.ts';
import { read } from '../../src/reading/read.ts';
import { tidyEmbedded } from '../../src/store/db.ts';
import { readSummary } from '../../src/store/summary.ts';
import { countyOf } from './county.ts';
import { fillCounty } from './county-store.ts';
import { envelopeOf, messageEvent } from './feishu.ts';
import { mostHeld } from './memory.ts';
import { scratchStore } from './scratch.ts';
import { median, timed } from './tell.ts';
import { fillTown, reportOf, type Town } from './town.ts';

export type Costs = Record<string, number>;
export interface Grown {
  costs: Costs;
  peakMb: number | undefined;
}

const TODAY = '2026-11-20';
/** A Friday, 09:07 in Asia/Shanghai: when the morning's cards are planned. */
const MORNING = Temporal.ZonedDateTime.from(`${TODAY}T09:07[Asia/Shanghai]`).epochMilliseconds;
/** More counties than this are derived in parts, or their duties would not fit a process. */
const COUNTIES_AT_ONCE = 10;

const questions: Record<string, (size: number) => Costs | Promise<Costs>> = {
  async duties(size) {
    const programme = countyOf(size);
    const parts = Math.ceil(size / COUNTIES_AT_ONCE);
    const inPart = (part: number) => (id: string) => Number(id.slice(1)) % parts === part;
    return {
      'duties of a school year': await timed(() => {
        for (let part = 0; part < parts; part++)
          deriveObligations(programme, TODAY, parts > 1 ? inPart(part) : undefined);
      }),
    };
  },
  async rehearsal(size) {
    const programme = countyOf(size);
    return {
      'rehearsal of a month': await timed(() => rehearse(programme, { start: '2026-11-01', end: '2026-11-30' })),
    };
  },
  /** As the bot does for each message of a person: what they may name, kept while the programme stays, then the reading. */
  async reading(size) {
    const MESSAGES = 300;
    const programme = { ...countyOf(size), retired: {} };
    const me = programme.people[0]!;
    const one = (i: number) =>
      read(
        `昨天到${programme.schools[i % programme.schools.length]!.name}上了两节七年级语文`,
        { today: TODAY, time: '18:00' },
        readerKnows({ programme, me }),
      );
    const first = await timed(() => one(0));
    const rest = await timed(() => {
      for (let i = 0; i < MESSAGES; i++) one(i);
    });
    return { 'the first message after a change': first, 'each further message': rest / MESSAGES };
  },
  async store(size) {
    const store = await scratchStore('embedded');
    const config = readConfig({});
    if ('problems' in config) throw new Error(config.problems.join('\n'));
    const core = await openCore(config.config, { store, now: () => MORNING, log: pino({ level: 'silent' }) });
    const costs = { ...(await townIn(core, size)), ...(await countyIn(core, size)) };
    await core.close();
    return costs;
  },
};

/** A programme from its file, its morning and its reports. */
async function townIn(core: Core, size: number): Promise<Costs> {
  const town: Town = {
    schools: 2 * Math.max(1, Math.round(30 * size)),
    teachers: Math.round(2_000 * size),
    pupils: Math.round(6_000 * size),
  };
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

/** 100,000 activities a county. */
async function countyIn({ ctx: { db } }: Core, size: number): Promise<Costs> {
  const programme = await fillCounty(db, size, Math.round(100_000 * size));
  // As every night.
  await tidyEmbedded(db);
  const t = textsOf('zh-CN');
  const asked = { realm: { kind: 'programme' }, span: 'week', by: 'school', today: TODAY } as const;
  const cards: number[] = [];
  for (let run = 0; run < 6; run++)
    cards.push(
      await timed(async () => JSON.stringify(summaryCard((await readSummary(db, programme, asked))!, programme, 1, t))),
    );
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
  const order = { realm: { kind: 'programme' }, mayName: () => false, timezone: 'Asia/Shanghai' } as const;
  const ledger = await timed(() => writeLedger(db, programme, join(dir, `${randomUUIDv7()}.xlsx`), order, t));
  rmSync(dir, { recursive: true });
  return { 'summary card': median(cards.slice(1)), ledger };
}

const [question, size, rounds] = process.argv.slice(2);
const runs: Costs[] = [];
for (let round = 0; round < Number(rounds); round++) runs.push(await questions[question!]!(Number(size)));
const costs = Object.fromEntries(Object.keys(runs[0]!).map((name) => [name, median(runs.map((run) => run[name]!))]));
process.send!({ costs, peakMb: mostHeld(process.pid) } satisfies Grown);
process.disconnect!();
