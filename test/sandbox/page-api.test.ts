import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { distance } from '../../src/sandbox/page-api.ts';
import { handClock, startBed, startProduct } from './bed.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
async function bed(more: Parameters<typeof startBed>[0] = {}) {
  const product = await startProduct(() => [200, '{}']);
  const sandbox = await startBed({ webhookUrl: product.url, ...more });
  closers.push(product.close, sandbox.close);
  return { sandbox, product, port: Number(new URL(sandbox.url).port) };
}

/** A request with any Host and Origin, which `fetch` would not let us set. */
const ask = (port: number, method: string, path: string, headers: Record<string, string> = {}, body = '') =>
  new Promise<{ status: number; body: string; headers: Record<string, unknown> }>((resolve, reject) => {
    const out = request({ host: '127.0.0.1', port, method, path, headers }, (res) => {
      let text = '';
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, body: text, headers: res.headers }));
    });
    out.on('error', reject);
    out.end(body);
  });

test('the page and its API answer to this machine’s names only', async () => {
  const { port } = await bed();
  const at = `127.0.0.1:${port}`;
  const status = async (headers: Record<string, string>, path = '/_sandbox/state') =>
    (await ask(port, 'GET', path, headers)).status;
  for (const path of ['/', '/_sandbox/state', '/page/app.js']) {
    expect(await status({ Host: at }, path)).toBe(200);
    expect(await status({ Host: `localhost:${port}` }, path)).toBe(200);
    expect(await status({ Host: 'evil.example' }, path)).toBe(403);
    expect(await status({ Host: `evil.example:${port}` }, path)).toBe(403);
    expect(await status({ Host: `127.0.0.1.evil.example:${port}` }, path)).toBe(403);
    expect(await status({ Host: '127.0.0.1:1' }, path)).toBe(403);
    expect(await status({ Host: at, Origin: `http://${at}` }, path)).toBe(200);
    expect(await status({ Host: at, Origin: 'https://evil.example' }, path)).toBe(403);
    expect(await status({ Host: at, Origin: 'null' }, path)).toBe(403);
    expect(await status({ Host: at, 'Sec-Fetch-Site': 'cross-site' }, path)).toBe(403);
  }
});

test('another site’s form or script changes nothing', async () => {
  const { port, product, sandbox } = await bed();
  const at = `127.0.0.1:${port}`;
  const body = JSON.stringify({ person: 'ou_zhao', text: 'x' });
  const say = (headers: Record<string, string>) => ask(port, 'POST', '/_sandbox/say', { Host: at, ...headers }, body);
  expect((await say({ Origin: 'https://evil.example', 'Content-Type': 'application/json' })).status).toBe(403);
  expect((await say({ 'Content-Type': 'text/plain' })).status).toBe(415);
  expect(product.seen).toHaveLength(0);
  expect((await say({ Origin: `http://${at}`, 'Content-Type': 'application/json' })).status).toBe(200);
  expect(sandbox.messages('ou_zhao')).toHaveLength(1);
});

test('the page runs only its own scripts', async () => {
  const { port } = await bed();
  const { headers, body } = await ask(port, 'GET', '/', { Host: `127.0.0.1:${port}` });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'self'");
  expect(policy).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/=]+';/);
  expect(body).toContain('<script type="importmap">');
  for (const file of ['preact.js', 'hooks.js', 'htm.js', 'vchart.js'])
    expect((await ask(port, 'GET', `/page/lib/${file}`, { Host: `127.0.0.1:${port}` })).status).toBe(200);
});

test('a mistake gets 400 with the reason, and an uploaded text never comes back as a page', async () => {
  const { port, sandbox } = await bed();
  const json = { Host: `127.0.0.1:${port}`, 'Content-Type': 'application/json' };
  const wrong = await ask(port, 'POST', '/_sandbox/say', json, JSON.stringify({ person: 'ou_nobody', text: 'x' }));
  expect(wrong).toMatchObject({ status: 400, body: expect.stringContaining('ou_nobody') });
  const { messageId = '' } = await sandbox.sendsFile('ou_zhao', Buffer.from('<script>'), { fileName: 'a.html' });
  const key = sandbox.message(messageId)?.content.file_key;
  const upload = await ask(port, 'GET', `/_sandbox/upload/${key}`, json);
  expect(upload.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringContaining('attachment'),
  });
});

test('the clock moves only if the product can move it, and due retries are then sent', async () => {
  const still = await bed();
  const json = (port: number) => ({ Host: `127.0.0.1:${port}`, 'Content-Type': 'application/json' });
  expect((await ask(still.port, 'POST', '/_sandbox/advance', json(still.port), '{"by":"day"}')).status).toBe(400);
  const clock = handClock();
  const start = clock.at;
  const { port, sandbox } = await bed({
    now: clock.now,
    advance: async (ms) => {
      clock.at += ms;
    },
  });
  sandbox.setWebhookUrl('http://127.0.0.1:1/');
  await sandbox.says('ou_zhao', 'x', { untilFirst: true });
  await ask(port, 'POST', '/_sandbox/advance', json(port), '{"by":"day"}');
  await sandbox.settle();
  expect(clock.at - start).toBe(86_400_000);
  expect(sandbox.deliveries[0]?.attempts).toHaveLength(2);
});

test.each([
  ['2026-10-08T10:00:00+08:00', '2026-11-02T10:00:00+08:00'],
  ['2026-12-31T23:59:00+08:00', '2027-01-04T10:00:00+08:00'],
  ['2027-01-05T10:00:00+08:00', '2027-03-01T10:00:00+08:00'],
  ['2027-06-30T10:00:00+08:00', '2027-09-01T10:00:00+08:00'],
])('from %s the next school month is %s', (from, to) => {
  const now = Temporal.Instant.from(from).epochMilliseconds;
  expect(now + distance(now, 'month')).toBe(Temporal.Instant.from(to).epochMilliseconds);
});

test('a broken body and an unknown chat get a reason, not a stack', async () => {
  const { port } = await bed();
  const json = { Host: `127.0.0.1:${port}`, 'Content-Type': 'application/json' };
  for (const [method, path, body, status] of [
    ['POST', '/_sandbox/say', '{', 400],
    ['POST', '/callback/ws/endpoint', '{', 400],
    ['POST', '/_sandbox/recall', '{"person":"ou_zhao","message":"om_none"}', 400],
    ['POST', '/_sandbox/menu', '{"person":"ou_nobody","key":"x"}', 400],
    ['GET', '/_sandbox/messages/oc_none', '', 404],
    ['GET', '/_sandbox/none', '', 404],
  ] as const) {
    const answer = await ask(port, method, path, json, body);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toMatch(/node_modules|<pre>|\.js:/);
  }
});
