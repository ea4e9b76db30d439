/**
 * How many reports and clicks a second, and how long each takes: the program as it runs, embedded and on MariaDB and Redis, in
 * one process and two; beside (a) Express with the official SDK and an empty handler, (b) a server that only verifies and
 * decrypts, (c) the program's own transaction without HTTP. All in one run, in turn, medians of the rounds.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openCore } from '../src/app/core.ts';
import { readConfig } from '../src/config.ts';
import { type OwnServer, ownRedis, ownServersPossible } from '../test/support/own-servers.ts';
import { type Server, server } from '../test/support/process.ts';
import { mysqlUrl } from '../test/support/services.ts';
import { acceptingFeishu, clickEvent, envelopeOf, messageEvent, type Push, pushOf, SECRETS } from './support/feishu.ts';
import { asFastAs, atPace, type Went } from './support/load.ts';
import { mostHeld } from './support/memory.ts';
import { emptyStore, scratchDatabase, servicesMissing } from './support/scratch.ts';
import { median, type Row, ratio, tell } from './support/tell.ts';
import { fillTown, reportOf } from './support/town.ts';

const quick = process.argv.includes('--quick');
const TOWN = quick ? { schools: 10, teachers: 100, pupils: 100 } : { schools: 60, teachers: 2_000, pupils: 6_000 };
const ROUNDS = quick ? 3 : 5;
const REPORTS = quick ? 20 : 1_000;
const CLICKS = quick ? 32 : 300;
const PACE = 200;
const PACED = quick ? 40 : PACE * 5;
const CONCURRENCY = 16;

const feishu = await acceptingFeishu();
const dir = mkdtempSync(join(tmpdir(), 'jiedui-bench-'));
const children: (ChildProcess | Server)[] = [];
const databases: { drop(): Promise<void> }[] = [];
const redises: OwnServer[] = [];

const secrets = {
  LARK_DOMAIN: feishu.url,
  LARK_APP_ID: SECRETS.appId,
  LARK_APP_SECRET: SECRETS.appSecret,
  LARK_ENCRYPT_KEY: SECRETS.encryptKey,
  LARK_VERIFICATION_TOKEN: SECRETS.verificationToken,
  HOST: '127.0.0.1',
  LOG_LEVEL: 'fatal',
};

/** A store of its own with the town in it, as settings of a process. */
async function filled(backend: 'embedded' | 'services', name: string): Promise<Record<string, string>> {
  const env: Record<string, string> = { ...secrets, DATA_DIR: join(dir, name) };
  if (backend === 'services') {
    const database = await scratchDatabase();
    databases.push(database);
    env.DATABASE_URL = database.url;
    const redis = await ownRedis();
    redises.push(redis);
    env.REDIS_URL = redis.url;
  }
  const read = readConfig(env);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const store = backend === 'embedded' ? await emptyStore(env.DATA_DIR) : undefined;
  const core = await openCore(read.config, { store, log: pino({ level: 'silent' }) });
  await fillTown(core, TOWN, '2026-11-20');
  await core.close();
  return env;
}

/** How one of those that are compared takes reports `from` to `from + count`. */
interface Contender {
  name: string;
  reports(from: number, count: number): Promise<Went>;
  urls: string[];
  pid: number;
}

const pushesOf = (from: number, count: number): Push[] =>
  Array.from({ length: count }, (_, i) => {
    const { openId, text } = reportOf(from + i, TOWN);
    const now = Date.now();
    return pushOf(envelopeOf(messageEvent(openId, text, now), now), now);
  });

const overHttp = (name: string, urls: string[], pid: number): Contender => ({
  name,
  urls,
  pid,
  reports: (from, count) => asFastAs(urls, pushesOf(from, count), CONCURRENCY),
});

async function forked(kind: string, env: Record<string, string> = {}) {
  const child = fork(new URL('./support/contender.ts', import.meta.url), [kind], { env: { ...process.env, ...env } });
  children.push(child);
  const { url } = await answerOf<{ url: string }>(child);
  return { child, url };
}

const answerOf = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (value) => resolve(value as T));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });

async function simple(name: string, kind: string): Promise<Contender> {
  const { child, url } = await forked(kind);
  return overHttp(name, [url], child.pid!);
}

async function direct(backend: 'embedded' | 'services'): Promise<Contender> {
  const name = `(c) ${backend}, no HTTP`;
  const { child } = await forked('direct', { ...(await filled(backend, `direct-${backend}`)), PORT: '0' });
  const reports = (from: number, count: number) => {
    const went = answerOf<Went>(child);
    child.send({ from, count, concurrency: CONCURRENCY, town: TOWN });
    return went;
  };
  return { name, urls: [], pid: child.pid!, reports };
}

async function program(backend: 'embedded' | 'services', processes: number): Promise<Contender> {
  const env = await filled(backend, `${backend}-${processes}`);
  const running: Server[] = [];
  for (let i = 0; i < processes; i++) running.push(await server(env));
  children.push(...running);
  const name = `Jiedui ${backend}, ${processes} process${processes > 1 ? 'es' : ''}`;
  return overHttp(
    name,
    running.map((r) => r.url),
    running[0]!.child.pid!,
  );
}

/** Withdraws and restores records in turn: each click is a transaction that recounts. */
async function clicks({ urls }: Contender, known: { openId: string; activity: string }[]): Promise<Went> {
  const now = Date.now();
  const pushes = Array.from({ length: CLICKS }, (_, i) => {
    const { openId, activity } = known[i % known.length]!;
    const action = Math.floor(i / known.length) % 2 === 0 ? 'withdraw' : 'restore';
    return pushOf(envelopeOf(clickEvent(openId, 'om_card', { action, activity }), now), now);
  });
  return asFastAs(urls, pushes, CONCURRENCY);
}

const services = mysqlUrl && ownServersPossible;
if (!services) servicesMissing('Rows on MariaDB and Redis');
const contenders: Contender[] = await Promise.all([
  simple('(a) Express + SDK, empty', 'sdk'),
  simple('(b) verify and decrypt only', 'bare'),
  direct('embedded'),
  program('embedded', 1),
  ...(services ? [direct('services'), program('services', 1)] : []),
  ...(services && !quick ? [program('services', 2)] : []),
]);

try {
  const went = new Map<string, Went[]>(contenders.map((c) => [c.name, []]));
  // Once to warm up: the first report of each sender also builds the names they may use.
  for (const c of contenders) await c.reports(0, REPORTS);
  for (let round = 1; round <= ROUNDS; round++)
    for (const c of contenders) went.get(c.name)!.push(await c.reports(round * REPORTS, REPORTS));

  const rate = (name: string) => median(went.get(name)?.map((run) => run.perSecond) ?? []);
  const rows = contenders.map((c) => {
    const of = (key: keyof Went) => median(went.get(c.name)!.map((run) => run[key]));
    const base = `(c) ${c.name.includes('services') ? 'services' : 'embedded'}, no HTTP`;
    return {
      reports: c.name,
      '/s': of('perSecond'),
      'p50 ms': of('p50'),
      'p99 ms': of('p99'),
      '÷ (c)': c.name.startsWith('Jiedui') ? ratio(of('perSecond'), rate(base)) : undefined,
      refused: of('refused'),
      'its peak MB': mostHeld(c.pid),
    };
  });
  tell('webhook', rows, { town: TOWN, rounds: ROUNDS, reports: REPORTS });

  const programs = contenders.filter((c) => c.name.startsWith('Jiedui'));
  const paced: Row[] = [];
  const clicked: Row[] = [];
  for (const c of programs) {
    const went = await atPace(c.urls, pushesOf((ROUNDS + 1) * REPORTS, PACED), PACE);
    paced.push({ [`at ${PACE} reports/s`]: c.name, ...shown(went) });
  }
  for (const [i, c] of programs.entries()) {
    const before = feishu.records.length;
    await c.reports((ROUNDS + 2 + i) * REPORTS + PACED, 2 * CONCURRENCY);
    // Whose cards these are is known by the order in which they came: only this one has just been asked.
    for (let t = 0; t < 300 && feishu.records.length < before + CONCURRENCY; t++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const known = feishu.records.slice(before, before + CONCURRENCY);
    if (known.length === 0) continue;
    clicked.push({ clicks: c.name, ...shown(await clicks(c, known)) });
  }
  tell('webhook.paced', paced, { perSecond: PACE, reports: PACED });
  tell('webhook.clicks', clicked, { clicks: CLICKS });
} finally {
  for (const child of children) await child.kill('SIGKILL');
  await Promise.all(redises.map((redis) => redis.remove()));
  await feishu.close();
  for (const database of databases) await database.drop();
  rmSync(dir, { recursive: true, force: true });
}

function shown({ perSecond, p50, p99, refused }: Went): Row {
  return { '/s': perSecond, 'p50 ms': p50, 'p99 ms': p99, refused };
}
