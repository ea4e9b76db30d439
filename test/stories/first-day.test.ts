import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openCore } from '../../src/app/core.ts';
import { firstDay } from '../../src/cli/first-day.ts';
import { runCommand } from '../../src/cli/index.ts';
import { readConfig } from '../../src/config.ts';
import { type AppSettings, README_EVENTS, README_SCOPES } from '../../src/sandbox/console.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { testStore } from '../support/store.ts';

it('goes from an app that is not published to the first answered message, with doctor at each step', async () => {
  const lines: string[] = [];
  const told = (text: string) => void lines.push(text);
  expect(await firstDay({ out: told, err: told, cwd: '.' })).toBe(0);
  const steps = lines.join('').split('\n── ').slice(1);
  expect(steps).toHaveLength(12);
  expect(steps[0]).toMatch(/✗ version[\s\S]*✗ bot[\s\S]*✗ scopes[\s\S]*\? events/);
  expect(steps[0]).not.toMatch(/✓ (?!token|waiting)/);
  expect(steps[7]).toContain('as before');
  expect(steps[8]).toMatch(/✓ version\n✓ bot\n✓ scopes\n✓ keys\n✓ events\n✓ callbacks\n✓ contact_range/);
  expect(steps[9]).toContain('您是本机器人的管理员');
  expect(steps[10]).toContain('✓ people');
  expect(steps[11]).toMatch(/bot: 我能做什么[\s\S]*bot: 已记录[\s\S]*✓ availability\n✓ second_client/);
  expect(lines.join('')).not.toContain('undefined');
});

const APP = { appId: 'cli_5a4db0c0ffee00af', appSecret: 's', encryptKey: 'k', verificationToken: 'v' };
const without = (list: string[], one: string) => list.filter((name) => name !== one);

it.each<[string, Partial<AppSettings>, string, RegExp]>([
  ['the bot', { bot: false }, 'bot', /机器人/],
  ...README_SCOPES.map((scope): [string, Partial<AppSettings>, string, RegExp] => [
    scope,
    { scopes: without(README_SCOPES, scope) },
    'scopes',
    new RegExp(scope),
  ]),
  ...README_EVENTS.map((event): [string, Partial<AppSettings>, string, RegExp] => [
    event,
    { events: without(README_EVENTS, event) },
    'events',
    new RegExp(event),
  ]),
  ['the callback', { callbacks: [] }, 'callbacks', /card\.action\.trigger/],
  ['the long connection', { way: 'webhook' }, 'events', /长连接/],
  ['the contact range', { contactRange: 'none' }, 'contact_range', /范围/],
])('doctor finds that %s is missing, and where it is put right', async (_what, app, check, advice) => {
  const people = [{ openId: 'ou_1', name: '陈志远' }];
  const sandbox = await startSandbox({ ...APP, now: Date.now, newId: randomUUID, people, app, connection: 'socket' });
  const store = await testStore('embedded');
  const read = readConfig({
    LARK_APP_ID: APP.appId,
    LARK_APP_SECRET: APP.appSecret,
    LARK_ENCRYPT_KEY: APP.encryptKey,
    LARK_VERIFICATION_TOKEN: APP.verificationToken,
    LARK_DOMAIN: sandbox.url,
    LARK_CONNECTION: 'socket',
  });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const kept = { ...store.store, close: async () => {} };
  const core = await openCore(read.config, { log: pino({ level: 'silent' }), store: kept });
  let out = '';
  const told = (text: string) => {
    out += text;
  };
  await runCommand(['doctor'], { out: told, err: told, cwd: '.' }, read.config, core);
  const found = out.split(/\n(?=\S)/).find((line) => line.slice(2).startsWith(`${check}:`)) ?? '';
  expect(found).toMatch(advice);
  expect(found).toMatch(/\/app\/cli_5a4db0c0ffee00af\//);
  await store.drop();
  await sandbox.close();
});
