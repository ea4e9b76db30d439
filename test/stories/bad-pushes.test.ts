import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type World, world } from '../support/world.ts';

describe('pushes that are not from Feishu, or broken', () => {
  let w: World;
  beforeAll(async () => {
    w = await world();
  });
  afterAll(() => w.close());
  const taken = async () => (await w.core.ctx.db.selectFrom('inbox').select('id').execute()).length;
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${w.app.url}/webhook`, {
      method: 'POST',
      body: body as never,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"encrypt":'],
    ['a plain event', JSON.stringify({ schema: '2.0', header: { event_type: 'im.message.receive_v1' }, event: {} })],
    ['a plain challenge', JSON.stringify({ type: 'url_verification', challenge: 'x', token: 'world-token' })],
    ['ciphertext of another key', JSON.stringify({ encrypt: 'AAAA' })],
    ['an array', '[]'],
  ])('answers %s with 4xx and a short reason', async (_what, body) => {
    const response = await post(body);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    const { error } = (await response.json()) as { error: string };
    expect(error.length).toBeLessThan(80);
    expect(await taken()).toBe(0);
  });

  it('answers a body over 1 MB with 413', async () => {
    const response = await post('x'.repeat(1_048_577));
    expect(response.status).toBe(413);
  });

  it.each([
    ['a wrong signature', 'badSignature'],
    ['an old timestamp', 'staleTimestamp'],
  ] as const)('refuses %s', async (_what, knob) => {
    w.sandbox.faults[knob] = true;
    const delivery = await w.sandbox.says(w.openId('陈志远'), '昨天到万佑上了一节七年级语文', { untilFirst: true });
    expect(delivery.attempts[0]!.status).toBe(401);
    w.sandbox.faults[knob] = false;
    expect(await taken()).toBe(0);
  });

  it('refuses a malformed event of a known type with 400', async () => {
    const delivery = await w.sandbox.push({ message: 7 }, { untilFirst: true });
    expect(delivery.attempts[0]!.status).toBe(400);
  });
});
