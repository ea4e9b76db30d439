import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Core, type Overrides, openCore, SANDBOX_APP_ID } from '../../src/app/core.ts';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { sandboxPeople } from '../../src/demo.ts';
import { readPresets } from '../../src/files.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { SandboxMessage, SandboxPerson } from '../../src/sandbox/tenant.ts';
import type { CallbackResult } from '../../src/sandbox/traffic.ts';
import { importProgramme } from '../../src/store/import.ts';
import { transact } from '../../src/store/transaction.ts';
import { fillWithDemo } from './filling.ts';
import { redisUrl } from './services.ts';
import { type Backend, type TestStore, testStore } from './store.ts';

/** Decides which headers of events are sparse; the same number repeats the run. */
const SEED = Number(process.env.SANDBOX_SEED ?? randomBytes(2).readUInt16LE());
console.info(`SANDBOX_SEED=${SEED}`);

const SECRETS = { appSecret: 'world-secret', encryptKey: 'world-key', verificationToken: 'world-token' };

export interface World {
  app: App;
  sandbox: Sandbox;
  /** Moves the clock; the program's ticks and sweeps follow. */
  advance(duration: { days?: number; hours?: number; minutes?: number; seconds?: number }): Promise<void>;
  /** Moves only the clock, without ticks or sweeps. */
  move(duration: { days?: number; hours?: number; minutes?: number; seconds?: number }): Promise<void>;
  now(): number;
  /** A person writes; resolves with the bot's answers. */
  says(name: string, text: string, opts?: Parameters<Sandbox['says']>[2]): Promise<SandboxMessage[]>;
  /** A person presses the button with this label on the newest card that has it. */
  clicks(name: string, button: string, form?: Record<string, string | string[]>): Promise<CallbackResult>;
  /** Every message of the bot in the person's chat, oldest first. */
  inbox(name: string): SandboxMessage[];
  /** Resolves when no push and no due notice is under way. */
  quiet(): Promise<void>;
  openId(name: string): string;
  /** The overrides for a second process of the same world. */
  twin(): Overrides;
  core: Core;
  close(): Promise<void>;
}

export interface WorldOptions {
  backend?: Backend;
  /** `webhook` by default. */
  connection?: 'webhook' | 'socket';
  /** The local date and time of the start, Asia/Shanghai. */
  at?: string;
  /** Programme values (as in YAML) instead of the demo. */
  programme?: object | object[];
  sandbox?: Partial<SandboxOptions>;
  overrides?: Overrides;
  store?: TestStore;
  /** Further settings. */
  env?: Record<string, string>;
}

const localMs = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Asia/Shanghai').epochMilliseconds;

/** The whole program with its own Feishu and a clock that stands still until a test moves it. */
export async function world(options: WorldOptions = {}): Promise<World> {
  const { backend = 'embedded' } = options;
  let now = localMs(options.at ?? '2026-11-20T15:00');
  const test = options.store ?? (await testStore(backend));
  const { connection = 'webhook' } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  const read = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    LARK_CONNECTION: connection,
    ...options.env,
    ...(test.url ? { DATABASE_URL: test.url, REDIS_URL: redisUrl } : {}),
  });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const clock = () => now;
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
  const core = await openCore(read.config, { now: clock, log, store: test.store });
  const people = options.programme ? await fill(core, options.programme) : await fillWithDemo(core);
  const sandbox = await startSandbox({
    appId: SANDBOX_APP_ID,
    ...SECRETS,
    now: clock,
    newId: randomUUID,
    people,
    retryDelays: [50, 100, 100, 100],
    limits: false,
    connection,
    sparseSeed: SEED,
    ...options.sandbox,
  });
  const overrides: Overrides = {
    now: clock,
    log,
    sandbox: { url: sandbox.url, ...SECRETS },
    queuePrefix: `{jiedui-test-${randomBytes(6).toString('hex')}}`,
    sweepEveryMs: 3_600_000,
    ...options.overrides,
  };
  const app = await createApp(read.config, { ...overrides, store: test.store });
  sandbox.setWebhookUrl(`${app.url}/webhook`);
  while (!app.connected()) await new Promise((resolve) => setTimeout(resolve, 5));

  const openId = (name: string) => {
    const person = people.find((p) => p.name === name);
    if (!person) throw new Error(`nobody is called ${name}`);
    return person.openId;
  };
  const inbox = (name: string) => sandbox.messages(openId(name)).filter((m) => m.from !== openId(name));
  const quiet = async () => {
    for (let i = 0; i < 3_000; i++) {
      await sandbox.settle();
      // Chores first, because a finished one leaves its notices behind in the same transaction.
      const chores = await core.ctx.db
        .selectFrom('chore')
        .select('id')
        .where('state', '=', 'planned')
        .where('due_at', '<=', now)
        .execute();
      const waiting = await core.ctx.db
        .selectFrom('notice')
        .select('id')
        .where('state', 'in', ['planned', 'claimed'])
        .where('due_at', '<=', now)
        .execute();
      if (waiting.length + chores.length === 0) return;
      // Polling costs the embedded store as much as working.
      await new Promise((resolve) => setTimeout(resolve, i < 10 ? 5 : 40));
    }
    throw new Error('the world does not come to rest');
  };
  const move: World['move'] = async (duration) => {
    now = Temporal.Instant.fromEpochMilliseconds(now).add(
      Temporal.Duration.from({
        hours: (duration.days ?? 0) * 24 + (duration.hours ?? 0),
        minutes: duration.minutes ?? 0,
        seconds: duration.seconds ?? 0,
      }),
    ).epochMilliseconds;
  };
  return {
    app,
    core,
    sandbox,
    now: clock,
    openId,
    inbox,
    quiet,
    twin: () => overrides,
    move,
    async advance(duration) {
      await move(duration);
      await app.tick();
      await app.sweep();
      await quiet();
    },
    async says(name, text, opts) {
      const before = inbox(name).length;
      await sandbox.says(openId(name), text, opts);
      await quiet();
      return inbox(name).slice(before);
    },
    async clicks(name, button, form) {
      const card = inbox(name).findLast((m) => !m.recalled && JSON.stringify(m.card ?? '').includes(`"${button}"`));
      if (!card) throw new Error(`no card of ${name} has a button ${button}`);
      const result = await sandbox.clicks(openId(name), card.messageId, { text: button }, form);
      await quiet();
      return result;
    },
    async close() {
      await sandbox.settle();
      await sandbox.close();
      await app.queue.close();
      await app.stopServing();
      await test.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Read once: twelve YAML files take as long as the rest of filling a store. */
let presets: ReturnType<typeof readPresets> | undefined;

async function fill(core: Core, programmes: object | object[]): Promise<SandboxPerson[]> {
  for (const programme of [programmes].flat()) await importFile(core, programme);
  return sandboxPeople(core);
}

/** Imports a programme file into a store, as of a day. */
export async function importFile(core: Core, programme: object, today = '2026-11-20') {
  presets ??= readPresets();
  const parsed = parseProgramme(programme, 'test', presets);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const at = { now: core.ctx.now(), today, newId: core.ctx.newId };
  return transact(core.ctx.db, (trx) => importProgramme(trx, parsed.programme, at));
}

/** All words of a card or message, for assertions about what a person reads. */
export function words(message: SandboxMessage | undefined): string {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) walk(child);
    else if (node && typeof node === 'object') {
      for (const [key, value] of Object.entries(node)) {
        if (typeof value === 'string' && (key === 'content' || key === 'text')) found.push(value);
        else if (key !== 'behaviors' && key !== 'config') walk(value);
      }
    }
  };
  walk(message?.card ?? message?.content);
  return found.join('\n');
}
