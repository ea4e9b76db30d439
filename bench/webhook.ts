/**
 * How many reports and clicks a second, how long each takes and what it costs: the program as it runs, embedded and on MariaDB and
 * Redis, in one process and two; next to (a) Express with the official SDK and an empty handler, (b) a server that only verifies and
 * decrypts, (c) the program's own transaction without HTTP. All in one run, alternating, medians of the rounds. `--against REV`: that
 * commit too. `--peers`: the alternatives for a school.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownServersPossible } from '../test/support/own-servers.ts';
import { mysqlUrl } from '../test/support/services.ts';
import { type Contender, contendersFor, type Round } from './support/contenders.ts';
import { acceptingFeishu, clickEvent, envelopeOf, messageEvent, type Push, pushOf } from './support/feishu.ts';
import { asFastAs, atPace, type Went } from './support/load.ts';
import { mostHeld } from './support/memory.ts';
import { median, printResult, type Row, ratio } from './support/print.ts';
import { servicesMissing } from './support/scratch.ts';
import { reportOf } from './support/town.ts';
import { treesToCompare } from './support/trees.ts';

const quick = process.argv.includes('--quick');
const TOWN = quick ? { schools: 10, teachers: 100, pupils: 100 } : { schools: 60, teachers: 2_000, pupils: 6_000 };
const ROUNDS = 3;
const REPORTS = quick ? 20 : 600;
const CLICKS = quick ? 32 : 300;
const PACE = 200;
const PACED = quick ? 40 : PACE * 5;
const CONCURRENCY = 16;

const feishu = await acceptingFeishu();
const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
const { trees, remove } = treesToCompare(process.argv);
const start = contendersFor(feishu, dir, TOWN);

const pushesOf = (from: number, count: number): Push[] =>
  Array.from({ length: count }, (_, i) => {
    const { openId, text } = reportOf(from + i, TOWN);
    const now = Date.now();
    return pushOf(envelopeOf(messageEvent(openId, text, now), now), now);
  });

/** Withdraws and restores records in turn: each click is a transaction that recounts. */
async function clicks({ urls }: Contender, known: { openId: string; activity: string }[]): Promise<Went> {
  const now = Date.now();
  const pushes = Array.from({ length: CLICKS }, (_, i) => {
    const { openId, activity } = known[i % known.length]!;
    // Each click changes the record; a click on an older version is only told so.
    const before = Math.floor(i / known.length);
    const action = before % 2 === 0 ? 'withdraw' : 'restore';
    return pushOf(envelopeOf(clickEvent(openId, 'om_card', { action, activity, v: 1 + before }), now), now);
  });
  return asFastAs(urls, pushes, CONCURRENCY);
}

const services = Boolean(mysqlUrl && ownServersPossible);
if (!services) servicesMissing('Rows on MariaDB and Redis');
const backends = services ? (['embedded', 'services'] as const) : (['embedded'] as const);
const contenders: Contender[] = [
  await start.simple('(a) Express + SDK, empty', 'sdk'),
  await start.simple('(b) verify and decrypt only', 'bare'),
];
for (const backend of backends) contenders.push(await start.direct(backend, trees[0]!));
for (const tree of trees) for (const backend of backends) contenders.push(await start.program(backend, 1, tree));
if (services && !quick) contenders.push(await start.program('services', 2, trees[0]!));
if (process.argv.includes('--peers')) contenders.push(...(await start.peers(services)));

try {
  const rounds = new Map<string, Round[]>(contenders.map((c) => [c.name, []]));
  // Warms up: the first report of each sender also builds the names they may use.
  for (const c of contenders) await c.reports(0, REPORTS);
  for (let round = 1; round <= ROUNDS; round++)
    for (const c of contenders) rounds.get(c.name)!.push(await c.reports(round * REPORTS, REPORTS));

  const rate = (name: string) => median(rounds.get(name)?.map((run) => run.perSecond) ?? []);
  const rows = contenders.map((c) => {
    const runs = rounds.get(c.name)!;
    const of = (key: keyof Round) => {
      const values = runs.flatMap((run) => run[key] ?? []);
      return values.length > 0 ? median(values) : undefined;
    };
    const base = `(c) ${c.name.includes('services') ? 'services' : 'embedded'}, no HTTP`;
    return {
      reports: c.name,
      '/s': of('perSecond'),
      'p50 ms': of('p50'),
      'p99 ms': of('p99'),
      '÷ (c)': c.name.startsWith('Jiedui') ? ratio(of('perSecond')!, rate(base)) : undefined,
      'answers/s': of('answersPerSecond'),
      'answer p50': of('answerP50'),
      'CPU ms': of('cpuPerAnswer'),
      refused: of('refused'),
      unanswered: of('unanswered'),
      'idle MB': c.idleMb,
      'its peak MB': mostHeld(c.pid),
    };
  });
  printResult('webhook', rows, { town: TOWN, rounds: ROUNDS, reports: REPORTS });

  const programs = contenders.filter((c) => c.name.startsWith('Jiedui'));
  const paced: Row[] = [];
  const clicked: Row[] = [];
  for (const c of programs) {
    const load = await atPace(c.urls, pushesOf((ROUNDS + 1) * REPORTS, PACED), PACE);
    paced.push({ [`at ${PACE} reports/s`]: c.name, ...shown(load) });
  }
  for (const [i, c] of programs.entries()) {
    const before = feishu.records.length;
    // More than are clicked at once, so that no click of a record overtakes the one before.
    const records = 4 * CONCURRENCY;
    await c.reports((ROUNDS + 2 + i) * REPORTS + PACED, records);
    // The cards are identified by their order, because only this contender has just been asked.
    for (let t = 0; t < 300 && feishu.records.length < before + records; t++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const known = feishu.records.slice(before);
    if (known.length === 0) continue;
    clicked.push({ clicks: c.name, ...shown(await clicks(c, known)) });
  }
  printResult('webhook.paced', paced, { perSecond: PACE, reports: PACED });
  printResult('webhook.clicks', clicked, { clicks: CLICKS });
} finally {
  await start.stop();
  await feishu.close();
  remove();
  rmSync(dir, { recursive: true, force: true });
}

function shown({ perSecond, p50, p99, refused }: Went): Row {
  return { '/s': perSecond, 'p50 ms': p50, 'p99 ms': p99, refused };
}
