import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { runCommand } from '../../src/cli/index.ts';
import { backends } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

/** All people are invented. */
const programme = {
  name: '某县结对',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2026-11-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [{ name: '张三', school: '甲校' }],
  pairings: [{ supporter: '甲校', recipient: '乙校' }],
  care: [{ mentor: '张三', pupil: '林小禾' }],
  plans: [{ use: 'care-pupils' }],
};

interface Told {
  headers: IncomingHttpHeaders;
  body: string;
}

/** The bureau's own system, with configurable answers. */
async function system() {
  const deliveries: Told[] = [];
  const receiver = { told: deliveries, status: 204, url: '', close: async () => {} };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => {
      deliveries.push({ headers: req.headers, body: Buffer.concat(chunks).toString('utf8') });
      res.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`;
  receiver.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return receiver;
}

describe.each(backends)('the bureau’s own systems are notified (%s)', (backend) => {
  let w: World;
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });
  const begin = async () => {
    w = await world({ backend, programme });
    const s = await system();
    closers.push(s.close, w.close);
    return s;
  };
  const jiedui = async (...args: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const io = { out: (s: string) => void out.push(s), err: (s: string) => void err.push(s), cwd: '.' };
    const code = await runCommand(['webhook', ...args], io, w.core.ctx.config, w.core);
    return { code, out: out.join(''), err: err.join('') };
  };
  type Body = { type: string; data: Record<string, never> & { activities?: Record<string, unknown>[] } };
  const bodies = (deliveries: Told[]) => deliveries.map((t) => JSON.parse(t.body) as Body);

  test('of new and changed records, signed, in order, without names', async () => {
    const s = await begin();
    await w.says('张三', '今天找林小禾谈话，谈学习');
    await w.app.sweep();
    expect(s.told).toEqual([]);
    const secret = (await jiedui('add', '--name', '平台', '--url', s.url, '--on', 'recorded')).out.trim();
    await w.says('张三', '昨天家访林小禾');
    await w.app.sweep();
    await w.says('张三', '撤回');
    await w.app.sweep();
    expect(bodies(s.told)).toMatchObject([
      {
        type: 'recorded',
        data: { activities: [{ version: 1, change: 'recorded', kind: 'home_visit', status: 'done' }] },
      },
      { type: 'recorded', data: { activities: [{ version: 2, change: 'withdrawn', status: 'withdrawn' }] } },
    ]);
    for (const { headers, body } of s.told) {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
      expect(body).not.toMatch(/张三|小禾/);
    }
  });

  test('again with the same message if they do not answer, until it gives up', async () => {
    const s = await begin();
    await jiedui('add', '--name', '平台', '--url', s.url, '--on', 'recorded');
    s.status = 503;
    await w.says('张三', '昨天家访林小禾');
    for (let hour = 0; hour < 60; hour++) {
      await w.app.sweep();
      await w.move({ hours: 1 });
    }
    expect(s.told.length).toBe(8);
    expect(new Set(s.told.map((t) => t.body + t.headers['webhook-id'])).size).toBe(1);
    expect((await jiedui('dead')).out).toMatch(/平台\trecorded\t2026-.*\tHTTP 503\n$/);
    s.status = 200;
    expect((await jiedui('retry')).out).toBe('1 will be retried\n');
    await w.app.sweep();
    await w.app.sweep();
    expect(s.told.length).toBe(9);
    expect((await jiedui('dead')).out).toBe('');
  });

  test('of newly overdue duties and of a term that has ended, each once', async () => {
    const s = await begin();
    await jiedui('add', '--name', '平台', '--url', s.url, '--on', 'overdue,term_closed', '--programme', '某县结对');
    for (let day = 0; day < 5; day++) await w.advance({ days: 1 });
    const sent = bodies(s.told);
    const late = sent.filter((t) => t.type === 'overdue') as unknown as {
      data: { day: string; obligations: string[] };
    }[];
    const ids = late.flatMap((t) => t.data.obligations);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
    expect(late.map((t) => t.data.day)).toContain('2026-11-23');
    expect(sent.filter((t) => t.type === 'term_closed')).toMatchObject([
      { data: { term: { name: '上学期', start: '2026-09-01', end: '2026-11-22' }, obligations: { met: 0 } } },
    ]);
  });

  test('only while the operator has configured it, and only by https', async () => {
    const s = await begin();
    expect((await jiedui('add', '--name', 'x', '--url', 'http://example.com/', '--on', 'recorded')).code).toBe(2);
    expect((await jiedui('add', '--name', 'x', '--url', s.url, '--on', 'everything')).code).toBe(2);
    await jiedui('add', '--name', '平台', '--url', s.url, '--on', 'recorded');
    expect((await jiedui('list')).out).toBe(`平台\trecorded\t${s.url}\n`);
    await w.says('张三', '昨天家访林小禾');
    expect((await jiedui('remove', '平台')).out).toBe('removed\n');
    await w.app.sweep();
    expect(s.told).toEqual([]);
  });
});
