import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Ctx } from '../context.ts';
import { readPresets } from '../files.ts';
import { createGate } from '../gate.ts';
import { createPace, feishuLimits } from '../jobs/pace.ts';
import { createQuota, type Quota } from '../jobs/quota.ts';
import { createLarkClient } from '../lark/client.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { addCalls } from '../store/api-calls.ts';
import { openEmbedded, openMysql, type Store } from '../store/db.ts';
import { BadStore, told } from '../store/embedded.ts';
import { bindApp } from '../store/meta.ts';
import { migrate, OtherSchema } from '../store/migrate.ts';
import { programmeReader } from '../store/programmes.ts';
import { transact, watchTransactions } from '../store/transaction.ts';
import { openVault } from '../vault.ts';
import { monotonic, realNow } from './clock.ts';
import { idsInOrder } from './ids.ts';
import { createLog } from './log.ts';
import { LARK_TIMEOUT_MS, type Overrides, SANDBOX_APP_ID, START_WITHIN_MS } from './overrides.ts';

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

/** Opens the store (migrated, bound to this app) and builds the context. */
export async function openCore(config: Config, overrides: Overrides = {}): Promise<Core> {
  const log = overrides.log ?? createLog(config.logLevel);
  const store = overrides.store ?? (await openStore(config, overrides, log));
  watchTransactions(store.db, (ms) => log.error({ ms }, 'transaction open too long'));
  try {
    const applied = await migrate(store.db).catch((error: unknown) => {
      throw error instanceof OtherSchema ? new CannotStart(error.message) : error;
    });
    if (applied.length > 0) log.info({ applied: applied.length }, 'schema brought up to date');
    const appId = config.lark?.appId ?? SANDBOX_APP;
    const bound = await transact(store.db, (trx) => bindApp(trx, appId));
    if (bound !== appId && !overrides.anyApp)
      throw new CannotStart(
        `LARK_APP_ID: this store belongs to ${bound}, not to ${appId}; use another DATA_DIR or database, or run: npm run -s jiedui -- rebind`,
      );
    const metrics = createMetrics();
    const now = overrides.now ?? realNow;
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
      proxies: config.proxies,
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
      newId: overrides.newId ?? idsInOrder(),
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
    throw store.embedded ? refusedBy(told(error, config.dataDir)) : error;
  }
}

const refusedBy = (error: unknown) => (error instanceof BadStore ? new CannotStart(error.message) : error);

async function openStore(config: Config, overrides: Overrides, log: Logger): Promise<Store> {
  if (!config.databaseUrl)
    return openEmbedded(config.dataDir, overrides.anew).catch((error: unknown) => {
      throw refusedBy(error);
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

/** What was counted since the last time is stored, where the store still answers. */
export async function closeStore({ quota, store }: { quota: Quota; store: Store }): Promise<void> {
  await quota.flush().catch(() => {});
  await store.close();
}
