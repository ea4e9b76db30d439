import { randomBytes, randomUUID } from 'node:crypto';
import { realNow } from './app/clock.ts';
import { CannotStart, type Core, openCore, placeRefused, SANDBOX_APP_ID } from './app/core.ts';
import { type App, createApp } from './app.ts';
import { codeFrom } from './bot/people/first-code.ts';
import type { Config } from './config.ts';
import { holdControl, isAlreadyRunning } from './control.ts';
import { DAY_MS, dayAt } from './plan/clock.ts';
import { daysBetween } from './plan/dates.ts';
import { firstCode } from './store/administrators.ts';
import { transact } from './store/transaction.ts';

export interface Running {
  app: App;
  /** The sandbox's page, if it runs. */
  sandboxUrl?: string;
  stop(): Promise<void>;
}

/**
 * Runs the program until it is stopped, with the sandbox if no real app is set. Throws CannotStart with one line that says why. `clock` is
 * the start of the sandbox's clock; a real app always uses the real one.
 */
export async function start(config: Config, tell: (line: string) => void, clock = realNow): Promise<Running> {
  let core: Core | undefined;
  const control = config.databaseUrl
    ? undefined
    : await holdControl(config.dataDir, async (argv, io) => {
        if (core) return (await import('./cli/index.ts')).runCommand(argv, io, config, core);
        io.err('Jiedui is still starting; try again in a moment.\n');
        return 1;
      }).catch((error: Error) => {
        throw isAlreadyRunning(error)
          ? new CannotStart(`${error.message}; stop it first, or use another DATA_DIR`)
          : placeRefused(error, config.dataDir);
      });
  try {
    const running = config.lark ? await startReal(config, tell) : await startWithSandbox(config, clock);
    core = running.app;
    if (running.sandboxUrl) tell(`Sandbox (a Feishu on this machine): ${running.sandboxUrl}`);
    tell(`Jiedui listens on ${running.app.url}`);
    return {
      ...running,
      stop: async () => {
        await running.stop();
        await control?.release();
      },
    };
  } catch (error) {
    await control?.release();
    throw error;
  }
}

async function startReal(config: Config, tell: (line: string) => void): Promise<Running> {
  const app = await createApp(config);
  const code = await transact(app.ctx.db, (trx) => firstCode(trx, codeFrom(randomBytes(12))));
  if (code && config.role !== 'worker')
    tell(`Nobody uses this bot yet. Send it this code in a private chat to become its administrator: ${code}`);
  return { app, stop: () => app.stop() };
}

async function startWithSandbox(config: Config, clock: () => number): Promise<Running> {
  const { demoDay, fillEmptyStore, sandboxPeople, travel } = await import('./demo.ts');
  const { startSandbox } = await import('./sandbox/server.ts');
  // The demo's clock: people move it forward in the sandbox, and the whole program follows.
  let shift = 0;
  const now = () => clock() + shift;
  const secrets = { appSecret: secret(), encryptKey: secret(), verificationToken: secret() };
  const core = await openCore(config, { now });
  const today = dayAt(now(), config.timezone);
  await fillEmptyStore(core, today);
  shift = daysBetween(today, await demoDay(core, today)) * DAY_MS;
  const people = await sandboxPeople(core);
  const running: { app?: App } = {};
  const sandbox = await startSandbox({
    appId: SANDBOX_APP_ID,
    ...secrets,
    now,
    newId: randomUUID,
    port: config.port === 0 ? 0 : config.port + 1,
    people,
    groups: [{ name: '结对群', members: people.slice(0, -1).map((person) => person.openId) }],
    menu: ['填报', '我的任务', '帮助'].map((name) => ({ key: name, name })),
    lookEvents: ['im.chat.access_event.bot_p2p_chat_entered_v1', 'im.message.message_read_v1'],
    connection: config.larkConnection,
    advance: async (ms) => {
      const goTo = (instant: number) => {
        shift += Math.max(0, instant - now());
      };
      if (running.app) await travel(running.app, now() + ms, goTo);
    },
  });
  try {
    const app = await createApp(config, { now, store: core.store, sandbox: { url: sandbox.url, ...secrets } });
    running.app = app;
    sandbox.setWebhookUrl(`${app.url}/webhook`);
    return {
      app,
      sandboxUrl: sandbox.url,
      stop: async () => {
        await sandbox.close();
        await app.stop();
      },
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

const secret = () => randomBytes(16).toString('hex');
