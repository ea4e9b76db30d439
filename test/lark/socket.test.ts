import { afterEach, expect, it } from 'vitest';
import { parseEvent } from '../../src/lark/events.ts';
import { createLarkSocket } from '../../src/lark/socket.ts';
import type { Envelope } from '../../src/lark/verify.ts';
import { startSandbox } from '../../src/sandbox/server.ts';

const APP = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'sandbox-secret',
  encryptKey: 'test key',
  verificationToken: 'v-token',
};
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function sandbox() {
  let ids = 0;
  const newId = () => `00000000-0000-7000-8000-${(++ids).toString(16).padStart(12, '0')}`;
  const now = () => 1_795_000_000_000;
  const people = [{ openId: 'ou_zhou', name: '周晚晴', school: '青山小学', role: '教师' }];
  const box = await startSandbox({ ...APP, people, now, newId, connection: 'socket', limits: false });
  closers.push(box.close);
  return box;
}

type Handle = (envelope: Envelope) => Promise<object>;
/** A socket whose log lines can be awaited: `up()` the next connection, `warned()` the next warning. */
function listen(domain: string, handle: Handle, over: Partial<typeof APP> = {}) {
  const waiting: { word: string; done: (facts: object) => void }[] = [];
  const onLine = (facts: object, text: string) => {
    for (const one of waiting.splice(0)) {
      if (text.includes(one.word)) one.done(facts);
      else waiting.push(one);
    }
  };
  const next = (word: string) => new Promise<object>((done) => waiting.push({ word, done }));
  const log = { info: onLine, warn: onLine };
  const socket = createLarkSocket({ ...APP, ...over, domain, timeoutMs: 2000, handle, log, random: () => 0 });
  closers.push(socket.close);
  return {
    socket,
    refused: () => next('refused'),
    up: () => next('up'),
    lost: () => next('lost'),
    failed: () => next('failed'),
  };
}
async function connected(domain: string, handle: Handle) {
  const one = listen(domain, handle);
  const up = one.up();
  one.socket.start();
  await up;
  return one;
}

it('hands over the same envelopes as the webhook and is ready while connected', async () => {
  const box = await sandbox();
  const seen: unknown[] = [];
  const { socket } = await connected(box.url, async (envelope) => {
    seen.push(parseEvent(envelope));
    return {};
  });
  expect(socket.status()).toEqual({ connected: true, attempts: 0 });
  expect(await box.says('ou_zhou', '昨天听了一节课')).toMatchObject({ ok: true });
  expect(seen).toMatchObject([{ type: 'message', content: { kind: 'text', text: '昨天听了一节课' } }]);
  expect(JSON.stringify(seen)).not.toContain(APP.verificationToken);
});

it('makes Feishu send a failed event again, and stays up', async () => {
  const box = await sandbox();
  let calls = 0;
  const { failed } = await connected(box.url, async () => {
    calls += 1;
    if (calls === 1) throw new Error('store is away');
    return {};
  });
  const warning = failed();
  const delivery = box.says('ou_zhou', '你好');
  expect(await warning).toMatchObject({ problem: 'store is away' });
  await box.retryNow();
  expect(await delivery).toMatchObject({ ok: true, attempts: [{ status: 500 }, { status: 200 }] });
});

it('reconnects after a cut, and every event arrives', async () => {
  const box = await sandbox();
  const taken = new Set<string>();
  const one = await connected(box.url, async (envelope) => {
    await new Promise((resolve) => setImmediate(resolve));
    taken.add(envelope.header.event_id);
    return {};
  });
  const deliveries = Array.from({ length: 60 }, (_, i) => box.says('ou_zhou', `第${i}条`));
  const [lost, up] = [one.lost(), one.up()];
  box.dropConnections();
  expect(await lost).toMatchObject({ problem: 'connection dropped' });
  expect(one.socket.status().connected).toBe(false);
  await up;
  for (let round = 0; round < 4; round++) await box.retryNow();
  expect((await Promise.all(deliveries)).every((delivery) => delivery.ok)).toBe(true);
  expect(taken.size).toBe(60);
  expect(box.connections()).toBe(1);
});

it('reports why it cannot connect, keeps trying, and shows no secret', async () => {
  const box = await sandbox();
  const { socket, lost } = listen(box.url, async () => ({}), { appSecret: 'another-secret' });
  const problem = lost();
  socket.start();
  expect(await problem).toMatchObject({ waitMs: 60_000 });
  expect(socket.status()).toMatchObject({ connected: false, attempts: 1, problem: expect.stringContaining('514') });
  expect(JSON.stringify(socket.status())).not.toContain('another-secret');
});

it('tries again soon if nothing answers', async () => {
  const { socket, lost } = listen('http://127.0.0.1:1', async () => ({}));
  const first = lost();
  socket.start();
  expect(await first).toMatchObject({ attempts: 1, waitMs: 500 });
  expect(await lost()).toMatchObject({ attempts: 2, waitMs: 1000 });
});

it('finishes and acknowledges running events before it closes, and accepts no new ones', async () => {
  const box = await sandbox();
  const [begun, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { socket } = await connected(box.url, async () => {
    begun.resolve();
    await release.promise;
    return {};
  });
  const delivery = box.says('ou_zhou', '你好');
  await begun.promise;
  const closing = socket.close();
  release.resolve();
  await closing;
  expect(await delivery).toMatchObject({ ok: true });
  expect(socket.status().connected).toBe(false);
});

it('refuses an app id that the platform would silently ignore', () => {
  expect(() => listen('http://127.0.0.1:1', async () => ({}), { appId: 'cli_short' })).toThrow(/app id/);
});

it('accepts events without optional headers, refuses another app’s, and logs it', async () => {
  const box = await sandbox();
  const seen: string[] = [];
  const { refused } = await connected(box.url, async (envelope) => {
    seen.push(envelope.header.event_type);
    return {};
  });
  const bare = { schema: '2.0', header: { event_type: 'card.action.trigger' }, event: { a: 1 } };
  expect(await box.push(bare, { untilFirst: true })).toMatchObject({ ok: true });
  const warning = refused();
  const foreign = { ...bare, header: { event_type: 'x', app_id: 'cli_ffffffffffffffff' } };
  expect(await box.push(foreign, { untilFirst: true })).toMatchObject({ ok: false });
  expect(await warning).toEqual({ reason: 'wrong app' });
  expect(seen).toEqual(['card.action.trigger']);
});
