import { EventDispatcher, WSClient } from '@larksuiteoapi/node-sdk';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from '../../src/sandbox/frame.ts';
import { APP, button, card, sdkClient, startBed } from './bed.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

/** The official long-connection client; resolves when it is connected. `back` resolves at its next reconnection. */
async function connect(url: string, handlers: Record<string, (data: never) => unknown>, appSecret = APP.appSecret) {
  let back = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<void>();
  const client = new WSClient({
    appId: APP.appId,
    appSecret,
    domain: url,
    logger: silent,
    onReady: ready.resolve,
    onError: ready.reject,
    onReconnected: () => {
      back.resolve();
      back = Promise.withResolvers<void>();
    },
  });
  const eventDispatcher = new EventDispatcher({ logger: silent }).register(handlers);
  await client.start({ eventDispatcher });
  closers.push(() => client.close({ force: true }));
  await ready.promise;
  return { client, reconnected: () => back.promise };
}

async function bed(more: Parameters<typeof startBed>[0] = {}) {
  const sandbox = await startBed({ connection: 'socket', ...more });
  closers.push(sandbox.close);
  return sandbox;
}

test('a frame survives encoding and decoding', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.dictionary(fc.string({ minLength: 1 }), fc.string()),
      fc.uint8Array(),
      (seqId, headers, payload) => {
        const frame = { seqId, logId: 0n, service: 1, method: 1, headers, payload: Buffer.from(payload) };
        const back = decodeFrame(encodeFrame(frame));
        expect(Object.entries(back.headers)).toEqual(Object.entries(headers));
        expect({ ...back, headers }).toEqual(frame);
      },
    ),
    { numRuns: 50 },
  );
  expect(() => decodeFrame(Buffer.from([0x42, 0x7f, 1]))).toThrow(RangeError);
});

test('the official client gets messages, also a long one in pieces, and acknowledges them', async () => {
  const sandbox = await bed();
  const seen: string[] = [];
  await connect(sandbox.url, {
    'im.message.receive_v1': (data: { message: { content: string } }) =>
      void seen.push(JSON.parse(data.message.content).text),
  });
  expect(sandbox.connections()).toBe(1);
  const long = '课'.repeat(60_000);
  for (const text of ['昨天到万佑上了一节课', long])
    expect(await sandbox.says('ou_zhao', text)).toMatchObject({ ok: true, attempts: [{ status: 200 }] });
  expect(seen).toEqual(['昨天到万佑上了一节课', long]);
});

test('a card callback over the connection must return an object', async () => {
  const sandbox = await bed();
  let answer: unknown = { toast: { type: 'info', content: '好' } };
  await connect(sandbox.url, { 'card.action.trigger': () => answer });
  const sent = await sdkClient(sandbox.url).im.message.create({
    params: { receive_id_type: 'open_id' },
    data: { receive_id: 'ou_zhao', msg_type: 'interactive', content: JSON.stringify(card(button('好', { a: 1 }))) },
  });
  const id = sent.data?.message_id ?? '';
  expect((await sandbox.clicks('ou_zhao', id, { text: '好' })).toast).toEqual({ type: 'info', content: '好' });
  answer = undefined;
  expect((await sandbox.clicks('ou_zhao', id, { text: '好' })).clientError).toMatchObject({ code: 200672 });
});

test('a handler that throws answers 500 and gets the event again; without a client the event waits', async () => {
  const sandbox = await bed();
  const delivery = sandbox.says('ou_zhao', 'x');
  let calls = 0;
  await connect(sandbox.url, {
    'im.message.receive_v1': () => {
      if (++calls === 1) throw new Error('not now');
    },
  });
  await sandbox.retryNow();
  await sandbox.retryNow();
  const { attempts, ok } = await delivery;
  expect(ok).toBe(true);
  expect(attempts.map((attempt) => attempt.status ?? attempt.error)).toEqual(['no client is connected', 500, 200]);
});

test('each event goes to one of several clients, and dropped clients come back', async () => {
  const sandbox = await bed();
  const counts = [0, 0];
  const clients = await Promise.all(
    [0, 1].map((i) => connect(sandbox.url, { 'im.message.receive_v1': () => void counts[i]!++ })),
  );
  for (let i = 0; i < 20; i++) await sandbox.says('ou_zhao', `第${i}条`);
  expect(counts[0]! + counts[1]!).toBe(20);
  expect(Math.min(...counts)).toBeGreaterThan(0);
  const back = clients.map((client) => client.reconnected());
  sandbox.dropConnections();
  await Promise.all(back);
  expect(sandbox.connections()).toBe(2);
  expect(await sandbox.says('ou_zhao', '还在')).toMatchObject({ ok: true });
});

test('a wrong secret is refused an address, and an invented address a connection', async () => {
  const sandbox = await bed();
  await expect(connect(sandbox.url, {}, 'wrong')).rejects.toThrow(/514/);
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/ws/v2?access_key=guess&service_id=1`);
  await new Promise((resolve) => socket.addEventListener('error', resolve));
  expect(sandbox.connections()).toBe(0);
});

test('a connection cut in the middle of 200 messages loses no message', async () => {
  const sandbox = await bed();
  const seen = new Set<string>();
  const { reconnected } = await connect(sandbox.url, {
    'im.message.receive_v1': (data: { message: { message_id: string } }) => void seen.add(data.message.message_id),
  });
  const back = reconnected();
  const pending = Array.from({ length: 200 }, (_, i) => {
    if (i === 100) setImmediate(sandbox.dropConnections);
    return sandbox.says('ou_zhao', `第${i}条`);
  });
  await back;
  await sandbox.retryNow();
  const deliveries = await Promise.all(pending);
  expect(deliveries.every((one) => one.ok)).toBe(true);
  expect(deliveries.some((one) => one.attempts.length > 1)).toBe(true);
  expect(seen.size).toBe(200);
});
