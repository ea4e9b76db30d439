import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX_APP_ID } from '../../src/app/core.ts';
import { encrypt, eventBody, signedHeaders } from '../lark/push.ts';
import { type World, world } from '../support/world.ts';
import { seeded, soak } from './soak.ts';

const KEY = 'world-key';
const COUNT = soak ? 10_000 : 1_500;
const deep = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`;

describe('invalid pushes', () => {
  let w: World;
  beforeAll(async () => {
    w = await world();
  });
  afterAll(() => w.close());

  const random = seeded(20_261_120);
  const bytes = (n: number) => Buffer.from(Array.from({ length: n }, () => Math.floor(random() * 256)));
  const seal = (plain: string, key = KEY) => Buffer.from(JSON.stringify({ encrypt: encrypt(plain, key) }));
  const signed = (body: Buffer, at = w.now()) => ({ body, headers: signedHeaders(body, at, KEY) });
  const event = (inside: unknown, header = {}) =>
    JSON.stringify(
      eventBody('im.message.receive_v1', inside, {
        token: 'world-token',
        app_id: SANDBOX_APP_ID,
        create_time: String(w.now()),
        ...header,
      }),
    );

  /** Each makes one push and names the expected answers. */
  const kinds: (() => { body: Buffer; headers?: Record<string, string>; meant: number[] })[] = [
    () => ({ body: bytes(1 + Math.floor(random() * 300)), meant: [400] }),
    () => ({ body: Buffer.from('{"encrypt":"'.slice(0, Math.floor(random() * 12))), meant: [400] }),
    () => ({ body: Buffer.from(deep(20_000)), meant: [400] }),
    () => ({ body: Buffer.from(JSON.stringify({ encrypt: bytes(200).toString('base64') })), meant: [400] }),
    () => ({ ...signed(seal(deep(20_000))), meant: [400] }),
    () => ({ ...signed(seal(event({ message: deep(500) }))), meant: [400] }),
    () => ({ ...signed(seal(event({ sender: [], message: { content: random() } }))), meant: [400] }),
    () => ({ ...signed(seal(event({}, { token: 'forged' }))), meant: [403] }),
    () => ({ ...signed(seal(event({}, { app_id: 'cli_0000000000000000' }))), meant: [403] }),
    () => ({ ...signed(seal(event({}), 'another key')), meant: [400] }),
    () => ({ ...signed(seal(event({})), w.now() - 9 * 3_600_000), meant: [401] }),
    () => ({ body: seal(event({})), meant: [401] }),
    () => {
      const { body, headers } = signed(seal(event({})));
      return {
        body,
        headers: { ...headers, 'x-lark-signature': headers['x-lark-signature']!.replace(/./, 'z') },
        meant: [401],
      };
    },
    () => {
      const { headers } = signed(seal(event({})));
      return { body: seal(event({})), headers, meant: [401] };
    },
    () => ({ body: Buffer.alloc(1_048_577, 'x'), meant: [413] }),
  ];

  const heap = () => {
    setFlagsFromString('--expose-gc');
    runInNewContext('gc')();
    return process.memoryUsage().heapUsed / 1_048_576;
  };

  it(`answers ${COUNT} of them as expected, stores nothing and retains nothing`, async () => {
    const unmeant: string[] = [];
    let half = 0;
    for (let from = 0; from < COUNT; from += 50) {
      if (from >= COUNT / 2 && half === 0) half = heap();
      const batch = Array.from({ length: 50 }, async (_, i) => {
        // A megabyte each: rare, or the test would measure the loopback.
        const pick = (from + i) % 200 === 0 ? kinds.length - 1 : Math.floor(random() * (kinds.length - 1));
        const { body, headers, meant } = kinds[pick]!();
        const answer = await fetch(`${w.app.url}/webhook`, { method: 'POST', body: new Uint8Array(body), headers });
        await answer.arrayBuffer();
        if (!meant.includes(answer.status)) unmeant.push(`kind ${pick}: ${answer.status}`);
      });
      await Promise.all(batch);
    }
    expect(unmeant).toEqual([]);
    expect(await w.core.ctx.db.selectFrom('inbox').select('id').execute()).toEqual([]);
    expect(heap() - half).toBeLessThan(20);
  });

  it('accepts a replayed push once', async () => {
    const message = {
      message_id: 'om_replayed',
      chat_id: 'oc_x',
      chat_type: 'p2p',
      message_type: 'text',
      content: '{"text":"昨天到万佑上了一节七年级语文"}',
      create_time: String(w.now()),
    };
    const sender = { sender_id: { open_id: w.openId('陈志远') }, sender_type: 'user' };
    const { body, headers } = signed(seal(event({ sender, message })));
    const statuses = [];
    for (let i = 0; i < 20; i++)
      statuses.push(
        (await fetch(`${w.app.url}/webhook`, { method: 'POST', body: new Uint8Array(body), headers })).status,
      );
    expect(new Set(statuses)).toEqual(new Set([200]));
    const made = await w.core.ctx.db
      .selectFrom('activity')
      .select('id')
      .where('cause', '=', 'message:om_replayed')
      .execute();
    expect(made).toHaveLength(1);
  });
});
