import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCore } from '../../src/app/core.ts';
import { runCommand } from '../../src/cli/index.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { type Running, start } from '../../src/start.ts';
import { firstCode } from '../../src/store/administrators.ts';
import type { Store } from '../../src/store/db.ts';
import { transact } from '../../src/store/transaction.ts';
import { testStore } from '../support/store.ts';
import { words } from '../support/world.ts';

const APP = 'cli_5a4db0c0ffee00ad';
const OTHER_APP = 'cli_5a4db0c0ffee00ae';
const SECRETS = { appSecret: 'adm-secret', encryptKey: 'adm-key', verificationToken: 'adm-token' };
const FIRST = 'ou_first_administrator';
const SECOND = 'ou_second_comer';
const log = pino({ level: 'silent' });

const configOf = (env: Record<string, string>): Config => {
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...env });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read.config;
};

/** An operator command on a local store. */
async function command(
  name: string,
  env: Record<string, string>,
  store: Store,
): Promise<{ exit: number; out: string }> {
  const config = configOf(env);
  const kept = { ...store, close: async () => {} };
  const core = await openCore(config, { log, store: kept, anyApp: name === 'rebind' });
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  return { exit: await runCommand([name], { out: write, err: write, cwd: '.' }, config, core), out };
}

describe('an empty real store', () => {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  const lines: string[] = [];
  let sandbox: Sandbox;
  let running: Running;
  let code: string;
  const write = async (openId: string, text: string) => {
    const before = sandbox.messages(openId).length;
    await sandbox.says(openId, text);
    for (let i = 0; i < 2_000 && sandbox.messages(openId).length < before + 2; i++)
      await new Promise((resolve) => setTimeout(resolve, 5));
    return words(sandbox.messages(openId)[before + 1]);
  };
  beforeAll(async () => {
    const people = [
      { openId: FIRST, name: '管理员' },
      { openId: SECOND, name: '后来者' },
    ];
    sandbox = await startSandbox({ appId: APP, ...SECRETS, now: Date.now, newId: randomUUID, people });
    const config = configOf({
      HOST: '127.0.0.1',
      DATA_DIR: dir,
      LARK_APP_ID: APP,
      LARK_APP_SECRET: SECRETS.appSecret,
      LARK_ENCRYPT_KEY: SECRETS.encryptKey,
      LARK_VERIFICATION_TOKEN: SECRETS.verificationToken,
      LARK_DOMAIN: sandbox.url,
    });
    running = await start(config, (line) => lines.push(line));
    sandbox.setWebhookUrl(`${running.app.url}/webhook`);
    code = /JD(-\w{4}){3}/.exec(lines.join('\n'))?.[0] ?? '';
  });
  afterAll(async () => {
    await running.stop();
    await sandbox.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const offered = (proposal: string) => transact(running.app.ctx.db, (trx) => firstCode(trx, proposal));

  it('offers one code at start, the same in every process', async () => {
    expect(code).toMatch(/^JD-/);
    expect(await offered('JD-2222-2222-2222')).toBe(code);
  });

  it('refuses a code that is wrong, and takes the right one once', async () => {
    expect(await write(SECOND, 'JD-AAAA-BBBB-CCCC')).toContain('已用过或不对');
    expect(await write(FIRST, code.toLowerCase())).toContain('您是本机器人的管理员');
    expect(await write(SECOND, code)).toContain('已用过或不对');
    expect(await write(FIRST, code)).toContain('已用过或不对');
    expect(await offered('JD-2222-2222-2222')).toBeUndefined();
  });

  it('knows the administrator without any programme', async () => {
    expect(await write(FIRST, '你好')).toContain('您是本机器人的管理员');
    expect(await write(SECOND, '你好')).toContain('还没有找到您的名册信息');
  });
});

describe('the app as Feishu knows it', () => {
  it('is examined by doctor, each failure with the page to open', async () => {
    const people = [{ openId: FIRST, name: '管理员' }];
    const sandbox = await startSandbox({ appId: APP, ...SECRETS, now: Date.now, newId: randomUUID, people });
    sandbox.setWebhookUrl('http://127.0.0.1:1/webhook');
    const store = await testStore('embedded');
    const env = (secret: string) => ({
      LARK_APP_ID: APP,
      LARK_APP_SECRET: secret,
      LARK_ENCRYPT_KEY: SECRETS.encryptKey,
      LARK_VERIFICATION_TOKEN: SECRETS.verificationToken,
      LARK_DOMAIN: sandbox.url,
    });
    const well = await command('doctor', env(SECRETS.appSecret), store.store);
    expect(well.out).toContain('✓ token');
    expect(well.out).toContain('✓ bot');
    expect(well.exit).toBe(0);
    const wrong = await command('doctor', env('not-the-secret'), store.store);
    expect(wrong.out).toMatch(/✗ token.*LARK_APP_SECRET[\s\S]*\/app\/cli_5a4db0c0ffee00ad\/baseinfo/);
    expect(wrong.out).not.toContain('not-the-secret');
    expect(wrong.exit).toBe(1);
    await store.drop();
    await sandbox.close();
  });

  it('changes only after rebind, which unbinds every user', async () => {
    const { store, drop } = await testStore('embedded');
    const env = (appId: string) => ({
      LARK_APP_ID: appId,
      LARK_APP_SECRET: 's',
      LARK_ENCRYPT_KEY: 'k',
      LARK_VERIFICATION_TOKEN: 'v',
    });
    expect((await command('owed', env(APP), store)).exit).toBe(0);
    await store.db
      .insertInto('member')
      .values({ open_id: FIRST, programme_id: 'p', person_id: 'x', bound_at: 1, settings: '{}' })
      .execute();
    const refused = await command('owed', env(OTHER_APP), store).then(String, (error: Error) => error.message);
    expect(refused).toContain('rebind');
    const rebound = await command('rebind', env(OTHER_APP), store);
    expect(rebound).toEqual({ exit: 0, out: expect.stringContaining('people to be recognised again: 1') });
    expect(await store.db.selectFrom('member').selectAll().execute()).toEqual([]);
    expect((await command('owed', env(OTHER_APP), store)).exit).toBe(0);
    expect((await command('rebind', env(OTHER_APP), store)).out).toContain('already');
    await drop();
  });
});
