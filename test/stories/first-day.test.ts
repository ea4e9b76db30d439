import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openCore } from '../../src/app/core.ts';
import { playFirstDay } from '../../src/cli/first-day.ts';
import { runCommand } from '../../src/cli/index.ts';
import { readConfig } from '../../src/config.ts';
import { type AppSettings, approve, publish, SETUP_EVENTS, SETUP_SCOPES } from '../../src/sandbox/console.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { testStore } from '../support/store.ts';
import { world } from '../support/world.ts';

it('goes from an app that is not published to the first answered message, with doctor at each step', async () => {
  const lines: string[] = [];
  const write = (text: string) => void lines.push(text);
  expect(await playFirstDay({ out: write, err: write, cwd: '.' })).toBe(0);
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
  ...SETUP_SCOPES.map((scope): [string, Partial<AppSettings>, string, RegExp] => [
    scope,
    { scopes: without(SETUP_SCOPES, scope) },
    'scopes',
    new RegExp(scope),
  ]),
  ...SETUP_EVENTS.map((event): [string, Partial<AppSettings>, string, RegExp] => [
    event,
    { events: without(SETUP_EVENTS, event) },
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
  const write = (text: string) => {
    out += text;
  };
  await runCommand(['doctor'], { out: write, err: write, cwd: '.' }, read.config, core);
  const found = out.split(/\n(?=\S)/).find((line) => line.slice(2).startsWith(`${check}:`)) ?? '';
  expect(found).toMatch(advice);
  expect(found).toMatch(/\/app\/cli_5a4db0c0ffee00af\//);
  await store.drop();
  await sandbox.close();
});

it('doctor --trace writes the network traffic, without names, words and secrets', async () => {
  const w = await world();
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  await runCommand(['doctor', '--trace', '5'], { out: write, err: write, cwd: '.' }, w.core.ctx.config, w.app);
  expect(out).toContain('traced for 5 minutes');
  await w.says('陈志远', '昨天到万佑上了一节七年级语文');
  const lines = readFileSync(w.app.ctx.tap.file, 'utf8').trim().split('\n');
  const what = lines.map((line) => JSON.parse(line) as { what: string; path?: string });
  expect(what.map((line) => line.what)).toContain('event');
  expect(what.some((line) => line.path?.endsWith('/reply'))).toBe(true);
  for (const secret of ['陈志远', '万佑', 'world-secret', w.openId('陈志远')])
    expect(lines.join()).not.toContain(secret);
  await w.advance({ minutes: 6 });
  await w.says('陈志远', '我的任务');
  expect(readFileSync(w.app.ctx.tap.file, 'utf8').trim().split('\n')).toHaveLength(lines.length);
  await w.close();
});

it('recognises its name in groups once a version is approved, without a restart', async () => {
  const w = await world({ sandbox: { begin: 'created' } });
  const group = await w.sandbox.makesGroup('结对群', [w.openId('陈志远')]);
  const full = { bot: true, scopes: SETUP_SCOPES, events: SETUP_EVENTS, way: 'webhook' as const };
  Object.assign(w.sandbox.app.draft, { ...full, contactRange: 'all' });
  publish(w.sandbox.app);
  approve(w.sandbox.app);
  const answers = async () => {
    await w.move({ minutes: 2 });
    await w.sandbox.says(w.openId('陈志远'), '我的任务', { chat: group });
    await w.quiet();
    return w.sandbox.messages(group).filter((m) => m.from === 'bot').length;
  };
  expect([await answers(), await answers()]).toEqual([1, 2]);
  await w.close();
});
