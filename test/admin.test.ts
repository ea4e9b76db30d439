import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { adminRouter } from '../src/admin.ts';
import { openQueue } from '../src/jobs/queue.ts';
import { createMetrics } from '../src/metrics.ts';
import { redisUrl } from './support/services.ts';

async function serve(
  parts: Parameters<typeof adminRouter>[0],
): Promise<(path: string, authorization?: string) => Promise<Response>> {
  const server = express().use(adminRouter(parts)).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return (path, authorization) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: authorization ? { authorization } : {} });
}

const none = { bullQueues: () => [] };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test('ready only when every part answers, and says which does not', async () => {
  let store = false;
  const checks = {
    store: async () => store,
    queue: async () => true,
    broken: () => Promise.reject(new Error('secret')),
  };
  const metrics = createMetrics();
  const get = await serve({ checks, metrics, queue: none, adminToken: undefined });
  const before = await get('/readyz');
  expect([before.status, await before.json()]).toEqual([503, { store: false, queue: true, broken: false }]);
  store = true;
  checks.broken = async () => true as never;
  expect((await get('/readyz')).status).toBe(200);
  expect((await get('/healthz')).status).toBe(200);
});

test('without a token the guarded pages do not exist', async () => {
  const get = await serve({ checks: {}, metrics: createMetrics(), queue: none, adminToken: undefined });
  for (const path of ['/metrics', '/admin/queues', '/admin/queues/api/queues']) {
    expect((await get(path)).status).toBe(404);
    expect((await get(path, 'Bearer undefined')).status).toBe(404);
  }
});

test('the token opens them, as Bearer or as a password; nothing else does', async () => {
  const metrics = createMetrics();
  metrics.watch(async () => ({ answers: { waiting: 2 } }));
  metrics.events.inc({ type: 'im.message.receive_v1', outcome: 'done' });
  const get = await serve({ checks: {}, metrics, queue: none, adminToken: 'to:ken' });
  for (const wrong of [
    undefined,
    'Bearer',
    'Bearer token',
    'Bearer to:ken2',
    'to:ken',
    basic('to:kem'),
    basic('ken'),
    'Basic',
    'Digest to:ken',
  ]) {
    const { status, headers } = await get('/metrics', wrong);
    expect([wrong, status]).toEqual([wrong, 401]);
    expect(headers.get('www-authenticate')).toMatch(/^Basic/);
    expect((await get('/admin/queues', wrong)).status).toBe(401);
  }
  for (const right of ['Bearer to:ken', 'bearer to:ken', basic('anyone:to:ken'), basic(':to:ken')]) {
    const text = await (await get('/metrics', right)).text();
    expect(text).toContain('jiedui_jobs{queue="answers",state="waiting"} 2');
    expect(text).toContain('jiedui_events_total{type="im.message.receive_v1",outcome="done"} 1');
  }
});

test('a name without a password opens nothing, not even where it is the token', async () => {
  const get = await serve({ checks: {}, metrics: createMetrics(), queue: none, adminToken: 'token' });
  for (const wrong of [basic('token'), basic('token:'), basic(''), 'Bearer ', 'Basic token'])
    expect([wrong, (await get('/metrics', wrong)).status]).toEqual([wrong, 401]);
  expect((await get('/metrics', basic(':token'))).status).toBe(200);
});

test('metrics answer while the queue does not', async () => {
  const metrics = createMetrics();
  metrics.watch(() => Promise.reject(new Error('away')));
  const get = await serve({ checks: {}, metrics, queue: none, adminToken: 't' });
  expect((await get('/metrics', 'Bearer t')).status).toBe(200);
});

test.runIf(redisUrl)('the board shows the real queues', async () => {
  const prefix = `{jiedui_test_${randomBytes(6).toString('hex')}}`;
  const queue = await openQueue({ kind: 'redis', url: redisUrl!, prefix }, pino({ level: 'silent' }));
  onTestFinished(async () => {
    await queue.empty();
    await queue.close();
  });
  await queue.add('notices', 'send', {}, { jobId: 'n.0' });
  const get = await serve({ checks: {}, metrics: createMetrics(), queue, adminToken: 't' });
  expect(await (await get('/admin/queues', basic(':t'))).text()).toContain('Jiedui');
  const board = (await (await get('/admin/queues/api/queues', 'Bearer t')).json()) as {
    queues: { name: string; counts: Record<string, number>; readOnlyMode: boolean }[];
  };
  const notices = board.queues.find(({ name }) => name === 'notices');
  expect(notices).toMatchObject({ readOnlyMode: true, counts: { waiting: 1 } });
});
