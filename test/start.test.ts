import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { openCore } from '../src/app/core.ts';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { freePort } from './support/own-servers.ts';
import { cli, server } from './support/process.ts';
import { backends, testStore } from './support/store.ts';

const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const log = pino({ level: 'silent' });

const config = (env: Record<string, string>) => {
  const read = readConfig(env);
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return read.config;
};
const SECRETS = { LARK_APP_SECRET: 's', LARK_ENCRYPT_KEY: 'k', LARK_VERIFICATION_TOKEN: 'v' };

describe('a start that fails', () => {
  it('lists every wrong setting at once and prints no value', async () => {
    const env = { PORT: 'abc', DATABASE_URL: 'mysql://root:topsecret@127.0.0.1/x', LARK_APP_ID: 'cli_1', ROLE: 'boss' };
    const message = await server(env).then(String, (error: Error) => error.message);
    for (const name of ['PORT', 'REDIS_URL', 'LARK_APP_SECRET', 'LARK_ENCRYPT_KEY', 'LARK_VERIFICATION_TOKEN', 'ROLE'])
      expect(message).toContain(`  ${name}: `);
    expect(message).not.toContain('topsecret');
    expect(message).not.toContain('boss');
  });

  it('names the variable and the reason when MySQL does not answer', async () => {
    const port = await freePort();
    const env = config({
      DATABASE_URL: `mysql://root:topsecret@127.0.0.1:${port}/x`,
      REDIS_URL: 'redis://127.0.0.1:1',
    });
    const failed = await openCore(env, { log, startWithinMs: 300 }).then(String, (error: Error) => error.message);
    expect(failed).toMatch(/^DATABASE_URL: .*ECONNREFUSED/);
    expect(failed).not.toContain('topsecret');
  });

  it.runIf(backends.includes('services'))('names the variable and the reason when Redis does not answer', async () => {
    const test = await testStore('services');
    const env = config({ PORT: '0', DATABASE_URL: test.url!, REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    const failed = await createApp(env, { log, startWithinMs: 300 }).then(String, (error: Error) => error.message);
    expect(failed).toMatch(/^REDIS_URL: .*ECONNREFUSED/);
    await test.drop();
  });

  it('refuses a store that a newer version made', async () => {
    const test = await testStore('embedded');
    const newer = { name: '2099-01-01-01-future', timestamp: '2099-01-01T00:00:00.000Z' };
    await test.store.db
      .insertInto('kysely_migration' as never)
      .values(newer as never)
      .execute();
    const failed = await openCore(config({}), { log, store: test.store }).then(String, (error: Error) => error.message);
    expect(failed).toContain('newer version');
    expect(failed).toContain('2099-01-01-01-future');
  });

  it('says what to do about a damaged store, even after a clean stop', async () => {
    const env = config({ DATA_DIR: join(dir, 'damaged') });
    await (await openCore(env, { log })).close();
    const file = join(env.dataDir, 'jiedui.sqlite');
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(statSync(file).size - 4_096, 0xa5), 0, undefined, 4_096);
    closeSync(handle);
    const failed = await openCore(env, { log }).then(String, String);
    expect(failed).toMatch(/DATA_DIR: the store .*jiedui.sqlite is damaged; .*restore/);
    expect(failed).not.toContain('\n');
  });

  it('refuses a store that belongs to another app and names the way out', async () => {
    const test = await testStore('embedded');
    await openCore(config({}), { log, store: test.store });
    const other = { log, store: test.store };
    const failed = await openCore(config({ LARK_APP_ID: 'cli_other', ...SECRETS }), other).then(
      String,
      (error: Error) => error.message,
    );
    expect(failed).toContain('belongs to sandbox');
    expect(failed).toContain('rebind');
  });
});

describe('a command that needs no store', () => {
  it('needs no settings, and leaves no store behind', async () => {
    const DATA_DIR = join(dir, 'untouched');
    const plans = await cli(['plans'], { DATA_DIR, ROLE: 'boss', LARK_APP_ID: 'cli_1' });
    expect(plans).toMatchObject({ code: 0, err: '' });
    expect(plans.out).toContain('yunxian-minzu');
    const template = await cli(['template', join(dir, 'filled-in.xlsx')], { DATA_DIR });
    expect(template).toMatchObject({ code: 0, err: '' });
    expect(existsSync(DATA_DIR)).toBe(false);
  });
});

describe('a start that succeeds', () => {
  it('runs the sandbox on the loopback only, and runs operator commands in the running process', async () => {
    const env = { DATA_DIR: join(dir, 'running') };
    const running = await server(env);
    const sandbox = /http:\S+/.exec(running.lines.find((line) => line.startsWith('Sandbox'))!)![0];
    expect(new URL(sandbox).hostname).toBe('127.0.0.1');
    const foreign = await fetch(`${sandbox}/_sandbox/state`, { headers: { origin: 'https://example.org' } });
    expect(foreign.status).toBe(403);
    const owed = await cli(['owed', '--json', '--on', '2026-11-20'], env);
    expect(owed.err).toBe('');
    expect((JSON.parse(owed.out) as unknown[]).length).toBeGreaterThan(10);
    const wrong = await cli(['owed', '--on', 'tomorrow'], env);
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toContain('YYYY-MM-DD');
    await running.kill('SIGTERM');
    const later = await cli(['owed', '--json', '--on', '2031-11-20'], env);
    expect(later).toMatchObject({ code: 0, out: '[]\n', err: '' });
  });
});
