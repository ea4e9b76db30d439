import { randomUUIDv7 } from 'node:crypto';
import type { Server } from 'node:http';
import express from 'express';
import helmet from 'helmet';
import { type Logger, pino } from 'pino';
import { adminRouter } from './admin.ts';
import { doChore } from './bot/do-chore.ts';
import { receive } from './bot/receive.ts';
import { webhook } from './bot/webhook.ts';
import type { Config } from './config.ts';
import type { Ctx } from './context.ts';
import { readPresets } from './files.ts';
import { createGate } from './gate.ts';
import { jobs } from './jobs/index.ts';
import { createPace, feishuLimits, type PaceLimits } from './jobs/pace.ts';
import { openQueue, type Queue } from './jobs/queue.ts';
import { createQuota, type Quota } from './jobs/quota.ts';
import { sendNotice } from './jobs/send-notice.ts';
import { sweep } from './jobs/sweep.ts';
import { tick } from './jobs/tick.ts';
import { createLarkClient } from './lark/client.ts';
import { createLarkSocket, type LarkSocket } from './lark/socket.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { addCalls } from './store/api-calls.ts';
import { voidChoreLeases } from './store/chores.ts';
import { openEmbedded, openMysql, type Store } from './store/db.ts';
import { bindApp } from './store/meta.ts';
import { migrate, NewerSchema } from './store/migrate.ts';
import { type Hint, voidLeases } from './store/notices.ts';
import { programmeReader } from './store/programmes.ts';
import { transact } from './store/transaction.ts';
import { openVault, roomLeft } from './vault.ts';

/** What a test or the sandbox puts in place of the real thing. */
export interface Overrides {
  now?: () => number;
  newId?: () => string;
  log?: Logger;
  store?: Store;
  /** Where the sandbox plays Feishu; it brings the app's credentials with it. */
  sandbox?: { url: string; appSecret: string; encryptKey: string; verificationToken: string };
  /** Keeps Redis keys of several installations apart. */
  queuePrefix?: string;
  /** How often lost work is looked for, ms. */
  sweepEveryMs?: number;
  timeoutMs?: number;
  /** Opens a store that belongs to another app, to give it to this one. */
  anyApp?: boolean;
  /** Feishu's limits, where a test or benchmark scales them. */
  paceLimits?: PaceLimits;
  /** How long an unreachable server is waited for at start, ms. */
  startWithinMs?: number;
}

/** The program without doors: what operator commands need. */
export interface Core {
  ctx: Ctx;
  store: Store;
  metrics: Metrics;
  close(): Promise<void>;
}

/** Refused at start, with what to do; a door prints it on one line. */
export class CannotStart extends Error {}

const SANDBOX_APP = 'sandbox';
/** Wire name of the sandbox's app; the official client wants one of this shape. */
export const SANDBOX_APP_ID = 'cli_5a4db0c0ffee0001';
const LARK_TIMEOUT_MS = 10_000;
const START_WITHIN_MS = 60_000;
/** Four segments of the embedded engine's log. */
const DISK_RESERVE = 64 * 1024 * 1024;

/** Opens the store (migrated, bound to this app) and builds the context. */
export async function openCore(config: Config, overrides: Overrides = {}): Promise<Core> {
  const log = overrides.log ?? pino({ level: config.logLevel });
  const store = overrides.store ?? (await openStore(config, log, overrides.startWithinMs ?? START_WITHIN_MS));
  try {
    const applied = await migrate(store.db).catch((error: unknown) => {
      throw error instanceof NewerSchema ? new CannotStart(error.message) : error;
    });
    if (applied.length > 0) log.info({ applied: applied.length }, 'schema brought up to date');
    const appId = config.lark?.appId ?? SANDBOX_APP;
    const bound = await transact(store.db, (trx) => bindApp(trx, appId));
    if (bound !== appId && !overrides.anyApp)
      throw new CannotStart(
        `LARK_APP_ID: this store belongs to ${bound}, not to ${appId}; use another DATA_DIR or database, or run: npm run -s jiedui -- rebind`,
      );
    let queueCounts: Queue['counts'] | undefined;
    const metrics = createMetrics(async () => (queueCounts ? queueCounts() : {}));
    const now = overrides.now ?? Date.now;
    const quota = createQuota({
      limit: config.larkMonthlyQuota,
      month: () =>
        Temporal.Instant.fromEpochMilliseconds(now())
          .toZonedDateTimeISO(config.timezone)
          .toPlainDate()
          .toString()
          .slice(0, 7),
      add: (month, calls) => addCalls(store.db, month, calls),
      warn: (used, limit) => log.warn({ used, limit }, 'LARK_MONTHLY_QUOTA: more than 80 % of this month is used'),
    });
    await quota.flush();
    const limits = overrides.paceLimits ?? feishuLimits;
    const lark = createLarkClient({
      appId: config.lark?.appId ?? SANDBOX_APP_ID,
      // Operator commands in sandbox mode call nobody, but the official client wants a secret.
      appSecret: config.lark?.appSecret ?? overrides.sandbox?.appSecret ?? 'none',
      domain: overrides.sandbox?.url ?? config.larkDomain,
      timeoutMs: overrides.timeoutMs ?? LARK_TIMEOUT_MS,
      now,
      onCall: (method, refusal) => {
        metrics.calls.inc({ method, outcome: refusal ? refusal.retry : 'ok' });
        quota.note(method);
      },
    });
    const ctx: Ctx = {
      config,
      appId,
      db: store.db,
      lark,
      log,
      vault: openVault(config.dataDir),
      now,
      newId: overrides.newId ?? (() => randomUUIDv7()),
      programmeOf: programmeReader(),
      gate: createGate(monotonic, (type, outcome, seconds) => {
        metrics.events.inc({ type, outcome });
        if (outcome !== 'refused') metrics.answered.observe({ type }, seconds);
      }),
      presets: readPresets,
      pace: createPace({ kind: 'memory', monotonic, limits }),
      quota,
      noted: (kind, outcome) => metrics.notices.inc({ kind, outcome }),
      // Without a queue in this process the notices wait for the sweep of one that has it.
      enqueue: async () => {},
    };
    return { ctx, store, metrics, close: () => closeStore({ quota, store }) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openStore(config: Config, log: Logger, withinMs: number): Promise<Store> {
  if (!config.databaseUrl) return openEmbedded(config.dataDir);
  const store = openMysql(config.databaseUrl);
  let warned = false;
  for (let waited = 0, pause = 200; ; waited += pause, pause = Math.min(pause * 2, 5_000)) {
    const reason = await store.reach();
    if (reason === undefined) return store;
    if (waited >= withinMs) {
      await store.close();
      throw new CannotStart(`DATABASE_URL: ${reason}`);
    }
    if (!warned) log.warn({ reason }, 'DATABASE_URL: the server does not answer; trying again');
    warned = true;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

export interface App extends Core {
  queue: Queue;
  /** Where it listens. A worker answers operators there, not Feishu. */
  url: string;
  /** Whether the long connection is up; true where none is used. */
  connected(): boolean;
  /** Runs what the clock asks for now; the sandbox's clock and tests call it. Returns the jobs that ran. */
  tick(): Promise<string[]>;
  /** Takes up what is due, at once where the clock was moved: the queue waits by its own. */
  sweep(): Promise<number>;
  /** Takes nothing new in; the queue and the store go on. */
  stopServing(): Promise<void>;
  /** Finishes what was taken in and lets go of everything. */
  stop(): Promise<void>;
}

/** The only place where things are built. Resolves when it serves. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const core = await openCore(config, overrides);
  const { ctx, store } = core;
  const { log } = ctx;
  const backend = store.pglite
    ? ({ kind: 'pglite', pglite: store.pglite } as const)
    : ({ kind: 'redis', url: config.redisUrl!, prefix: overrides.queuePrefix ?? '{jiedui}' } as const);
  const queue = await openQueue(backend, log, overrides.startWithinMs ?? START_WITHIN_MS).catch(
    async (error: Error) => {
      await store.close();
      throw new CannotStart(error.message);
    },
  );
  ctx.enqueue = (hints) => enqueue(queue, log, hints);
  const limits = overrides.paceLimits ?? feishuLimits;
  if (queue.redis && backend.kind === 'redis')
    ctx.pace = createPace({ kind: 'redis', redis: queue.redis, prefix: backend.prefix, monotonic, limits });
  if (store.pglite) {
    await voidLeases(store.db);
    await voidChoreLeases(store.db);
  }

  const works = config.role !== 'web';
  const runTick = () => tick(ctx, jobs);
  if (works) {
    for (const line of ['answers', 'notices'] as const)
      queue.work(line, async (job) => sendNotice(ctx, (job.data as { id: string }).id), { concurrency: 8 });
    queue.work('chores', async (job) => doChore(ctx, (job.data as { id: string }).id), { concurrency: 4 });
    await queue.tick(async () => void (await runTick()));
  }
  const sweeper = setInterval(
    () =>
      void Promise.all([sweep(ctx), ctx.quota.flush()]).catch((error: Error) =>
        log.warn({ reason: error.message }, 'sweep failed'),
      ),
    overrides.sweepEveryMs ?? 10_000,
  );
  const disk = store.pglite && guardDisk(ctx);
  const secrets = config.lark ?? { ...overrides.sandbox!, appId: SANDBOX_APP_ID };
  const entrance: Entrance = { core, queue, secrets, bot: ownIdentity(ctx), socket: undefined };
  if (config.larkConnection === 'socket' && config.role !== 'worker')
    entrance.socket = openSocket(config, overrides, entrance);
  const server = await serve(config, overrides, entrance).catch(async (error: Error) => {
    clearInterval(sweeper);
    clearInterval(disk);
    await queue.close();
    await store.close();
    throw error;
  });
  entrance.socket?.start();
  if (works)
    await Promise.all([sweep(ctx, ctx.newId()), runTick()]).catch((error: Error) =>
      log.warn({ reason: error.message }, 'first pass failed'),
    );

  const stopServing = async () => {
    clearInterval(sweeper);
    clearInterval(disk);
    await entrance.socket?.close();
    if (server.listening)
      await new Promise<void>((resolve) => {
        // Feishu and proxies keep connections open for more; each is let go once its answer is out.
        const hangUp = setInterval(() => server.closeIdleConnections(), 50);
        server.close(() => {
          clearInterval(hangUp);
          resolve();
        });
      });
  };
  return {
    ...core,
    queue,
    url: urlOf(config, server),
    connected: () => entrance.socket?.status().connected ?? true,
    tick: runTick,
    sweep: () => sweep(ctx, ctx.newId()),
    stopServing,
    async stop() {
      await stopServing();
      await ctx.gate.settled();
      await queue.close();
      await closeStore({ quota: ctx.quota, store });
    },
  };
}

/**
 * Refuses events while DATA_DIR is nearly full. The embedded engine survives a table that cannot grow, but where it finds no
 * room for the next piece of its log it turns in circles until it is killed (tried): so the last room is left to it.
 */
function guardDisk({ config, gate, log }: Ctx): NodeJS.Timeout {
  let full = false;
  const look = async () => {
    const left = await roomLeft(config.dataDir);
    const [was, megabytes] = [full, Math.floor(left / 1_048_576)];
    full = left < DISK_RESERVE;
    gate.hold(full);
    if (full && !was)
      log.error({ megabytes }, 'DATA_DIR: the disk is nearly full; nothing is taken in until it is not');
    if (was && !full) log.info({ megabytes }, 'DATA_DIR: there is room again');
  };
  void look();
  return setInterval(() => void look(), 1_000);
}

async function enqueue(queue: Queue, log: Logger, hints: Hint[]): Promise<void> {
  const adding = [...Map.groupBy(hints, (hint) => hint.line)].map(([line, own]) =>
    queue.addMany(
      line,
      own.map(({ id, attempt, anew, delayMs }) => {
        const jobId = [id, attempt, anew].filter((part) => part !== undefined).join('.');
        return { name: 'send', data: { id }, jobId, delayMs };
      }),
    ),
  );
  const failed = (await Promise.allSettled(adding)).find((result) => result.status === 'rejected');
  if (failed)
    log.warn({ reason: String((failed.reason as Error).message) }, 'queue did not take a hint; the sweep will');
}

/** What a way in needs, whichever it is. */
interface Entrance {
  core: Core;
  queue: Queue;
  secrets: { appId: string; appSecret: string; encryptKey: string; verificationToken: string };
  bot: () => string | undefined;
  socket: LarkSocket | undefined;
}

/** `/webhook` is mounted also beside the long connection, so that one can be tried while the other still serves. */
async function serve(config: Config, overrides: Overrides, entrance: Entrance): Promise<Server> {
  const { core, queue, secrets, bot, socket } = entrance;
  const { ctx, store, metrics } = core;
  const http = express();
  // Plain HTTP on the inside: whether browsers are sent to HTTPS is the proxy's to say.
  const directives = { upgradeInsecureRequests: null };
  http.use(helmet({ contentSecurityPolicy: { directives }, strictTransportSecurity: false }));
  const connected = async () => socket?.status().connected ?? true;
  const intake = async () => ctx.gate.open();
  const checks = { store: store.ready, queue: queue.ready, intake, ...(socket ? { socket: connected } : {}) };
  http.use(adminRouter({ checks, metrics, queue, adminToken: config.adminToken }));
  if (config.role !== 'worker')
    http.use(webhook(ctx, { ...secrets, timestampWindowSeconds: config.larkTimestampWindow }, bot));
  if (overrides.sandbox) http.get('/', (_req, res) => res.redirect(overrides.sandbox!.url));
  return new Promise((resolve, reject) => {
    const server = http.listen(config.port, config.host, (error?: Error) => {
      const reason = (error as { code?: string } | undefined)?.code;
      if (error) reject(new CannotStart(`PORT: cannot listen on ${config.host}:${config.port} (${reason})`));
      else resolve(server);
    });
  });
}

function openSocket(config: Config, overrides: Overrides, { core, secrets, bot }: Entrance): LarkSocket {
  const { ctx } = core;
  return createLarkSocket({
    ...secrets,
    domain: overrides.sandbox?.url ?? config.larkDomain,
    timeoutMs: overrides.timeoutMs ?? LARK_TIMEOUT_MS,
    handle: (envelope) => receive(ctx, envelope, bot()),
    log: ctx.log,
    random: Math.random,
  });
}

/** The bot's own id, which tells its mentions from those of other bots; asked for again where Feishu did not answer. */
function ownIdentity({ lark, log, now }: Ctx): () => string | undefined {
  let openId: string | undefined;
  let askAt = 0;
  const ask = () => {
    askAt = now() + 60_000;
    lark.botInfo().then(
      (info) => {
        openId = info.openId;
      },
      (error: Error) => log.warn({ reason: error.message }, 'bot info not available'),
    );
  };
  ask();
  return () => {
    if (openId === undefined && now() >= askAt) ask();
    return openId;
  };
}

function urlOf(config: Config, server: Server): string {
  const { port } = server.address() as { port: number };
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** What was counted since the last time is stored, where the store still answers. */
async function closeStore({ quota, store }: { quota: Quota; store: Store }): Promise<void> {
  await quota.flush().catch(() => {});
  await store.close();
}

/** Only runs forward. */
const monotonic = (): number => performance.now();

/** The real clock, for doors that shift it (the sandbox's date control). */
export const realNow = (): number => Date.now();
