import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config.ts';
import type { Ctx } from '../context.ts';
import { readPresets } from '../files.ts';
import { createIntakeLimit } from '../intake-limit.ts';
import type { Queue } from '../jobs/queue.ts';
import { createSender, noSender } from '../jobs/sender.ts';
import { createLarkClient } from '../lark/client.ts';
import { createPace, feishuLimits, type PaceLimits } from '../lark/pace.ts';
import { createQuota } from '../lark/quota.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { dayAt } from '../plan/clock.ts';
import { secondOpinion } from '../second-opinion.ts';
import { addCalls } from '../store/api-calls.ts';
import { openEmbedded, openMysql, type Store } from '../store/db.ts';
import { asBadStore, BadStore } from '../store/embedded.ts';
import { bindApp } from '../store/meta.ts';
import { migrate, OtherSchema } from '../store/migrate.ts';
import { programmeReader } from '../store/programmes.ts';
import { transact, watchTransactions } from '../store/transaction.ts';
import { openVault } from '../vault.ts';
import { idsInOrder, monotonic, realNow } from './clock.ts';
import { createTap } from './tap.ts';

/** Replacements by a test or the sandbox. */
export interface Overrides {
  now?: () => number;
  newId?: () => string;
  log?: Logger;
  store?: Store;
  /** If the sandbox plays Feishu; it brings the app's credentials with it. */
  sandbox?: { url: string; appSecret: string; encryptKey: string; verificationToken: string };
  /** Separates the Redis keys of several installations. */
  queuePrefix?: string;
  /** How often to look for lost work, ms. */
  sweepEveryMs?: number;
  timeoutMs?: number;
  /** Opens a store that belongs to another app, to give it to this one. */
  anyApp?: boolean;
  /** Begins an embedded store, even beside the leftovers of an earlier one; `settleRestored` keeps or removes it. */
  restoring?: boolean;
  /** Feishu's limits, if a test or benchmark scales them. */
  paceLimits?: PaceLimits;
  /** How long to wait for an unreachable server at start, ms. */
  startWithinMs?: number;
}

/** The id of the sandbox's app in calls; the official client wants one of this form. */
export const SANDBOX_APP_ID = 'cli_5a4db0c0ffee0001';
/** The defaults of `startWithinMs` and `timeoutMs`. */
export const START_WITHIN_MS = 60_000;
export const LARK_TIMEOUT_MS = 10_000;

/** The program without doors: what operator commands need. */
export interface Core {
  ctx: Ctx;
  store: Store;
  metrics: Metrics;
  /** Sends what waits, and closes everything that was opened. */
  close(): Promise<void>;
}

/** The start was refused; the message says what to do, and a door prints it on one line. */
export class CannotStart extends Error {}

const SANDBOX_APP = 'sandbox';

/**
 * Opens the store (migrated, bound to this app) and builds the context. `queueFor` opens the queue of a program that serves; without it
 * this process sends nothing, and planned messages wait for the sweep of one that does.
 */
export async function openCore(
  config: Config,
  overrides: Overrides = {},
  queueFor?: (log: Logger) => Promise<Queue>,
): Promise<Core> {
  const log = overrides.log ?? createLog(config.logLevel);
  await using opening = new AsyncDisposableStack();
  const store = overrides.store ?? (await openStore(config, overrides, log));
  opening.defer(() => store.close());
  try {
    const appId = await bound(store, config, overrides, log);
    const metrics = createMetrics();
    const now = overrides.now ?? realNow;
    const quota = createQuota({
      limit: config.larkMonthlyQuota,
      month: () => dayAt(now(), config.timezone).slice(0, 7),
      add: (month, calls) => addCalls(store.db, month, calls),
      warn: (used, limit) => log.warn({ used, limit }, 'LARK_MONTHLY_QUOTA: more than 80 % of this month is used'),
    });
    await quota.flush();
    // Stores the last counts, if the store still answers.
    opening.defer(() => quota.flush().catch(() => {}));
    const queue = await queueFor?.(log);
    if (queue) {
      opening.defer(() => queue.close());
      metrics.watch(queue.counts);
    }
    const sender = queue ? createSender(queue, () => ctx) : noSender;
    opening.defer(() => sender.close());
    const limits = overrides.paceLimits ?? feishuLimits;
    const tap = createTap(config.dataDir, now);
    const lark = createLarkClient({
      appId: config.lark?.appId ?? SANDBOX_APP_ID,
      // Operator commands in sandbox mode make no calls, but the official client wants a secret.
      appSecret: config.lark?.appSecret ?? overrides.sandbox?.appSecret ?? 'none',
      domain: overrides.sandbox?.url ?? config.larkDomain,
      timeoutMs: overrides.timeoutMs ?? LARK_TIMEOUT_MS,
      proxies: config.proxies,
      now,
      onCall: (method, refusal) => {
        metrics.calls.inc({ method, outcome: refusal ? refusal.retry : 'ok' });
        quota.note(method);
      },
      onExchange: tap.note,
    });
    const ctx: Ctx = Object.freeze<Ctx>({
      config,
      appId,
      db: store.db,
      lark,
      log,
      vault: openVault(config.dataDir),
      now,
      newId: overrides.newId ?? idsInOrder(),
      programmeOf: programmeReader(),
      intake: createIntakeLimit(monotonic, (type, outcome, seconds) => {
        metrics.events.inc({ type, outcome });
        if (outcome !== 'refused') metrics.answered.observe({ type }, seconds);
      }),
      presets: readPresets,
      pace: createPace({
        ...(queue?.redis ? { kind: 'redis', redis: queue.redis, prefix: prefixOf(overrides) } : { kind: 'memory' }),
        monotonic,
        limits,
      }),
      quota,
      secondOpinion: config.readerModel && secondOpinion(config.readerModel),
      tap,
      noted: (kind, outcome) => metrics.notices.inc({ kind, outcome }),
      room: sender.room,
      deliver: sender.deliver,
    });
    const opened = opening.move();
    return { ctx, store, metrics, close: () => opened.disposeAsync() };
  } catch (error) {
    throw store.embedded ? placeRefused(error, config.dataDir) : error;
  }
}

/** Separates the Redis keys of several installations; a cluster keeps keys with the same tag in braces together. */
export const prefixOf = ({ queuePrefix = '{jiedui}' }: Overrides): string => queuePrefix;

/** Brings the schema up to date, and makes sure that the store belongs to this app. Returns the app's id. */
async function bound(store: Store, config: Config, overrides: Overrides, log: Logger): Promise<string> {
  watchTransactions(store.db, (ms) => log.error({ ms }, 'transaction open too long'));
  const applied = await migrate(store.db).catch((error: unknown) => {
    throw error instanceof OtherSchema ? new CannotStart(error.message) : error;
  });
  if (applied.length > 0) log.info({ applied: applied.length }, 'schema brought up to date');
  const appId = config.lark?.appId ?? SANDBOX_APP;
  const owner = await transact(store.db, (trx) => bindApp(trx, appId));
  if (owner !== appId && !overrides.anyApp)
    throw new CannotStart(
      `LARK_APP_ID: this store belongs to ${owner}, not to ${appId}; use another DATA_DIR or database, or run: npm run -s jiedui -- rebind`,
    );
  return appId;
}

/** Turns an error about the data directory into a refusal; returns any other error unchanged. */
export function placeRefused(error: unknown, dataDir: string): unknown {
  const problem = error instanceof BadStore ? error : asBadStore(error, dataDir);
  return problem instanceof BadStore ? new CannotStart(problem.message) : problem;
}

async function openStore(config: Config, overrides: Overrides, log: Logger): Promise<Store> {
  if (!config.databaseUrl)
    return openEmbedded(config.dataDir, overrides.restoring).catch((error: unknown) => {
      throw placeRefused(error, config.dataDir);
    });
  const withinMs = overrides.startWithinMs ?? START_WITHIN_MS;
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

/** The program's log: lines of JSON that name no pupil and repeat no message, whatever the error. */
export function createLog(level: Config['logLevel'], to?: DestinationStream): Logger {
  const options = { level, serializers: { err: withoutValues } };
  return to ? pino(options, to) : pino(options);
}

/** An error without its data: drivers put the statement with its values into the error, and a refused value into its message. */
function withoutValues(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, errcode } = error as { code?: unknown; errcode?: number };
  const ofDatabase = 'sqlState' in error || 'errcode' in error;
  const frames = error.stack?.slice(error.stack.indexOf('\n    at ')).trim();
  return { type: error.name, code, errcode, ...(ofDatabase ? {} : { message: error.message }), stack: frames };
}
