import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

describe.each(backends)('an emoji as the smallest answer (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
  });
  afterAll(() => w.close());

  const sticker = async () => {
    const openId = w.openId('陈志远');
    const { messageId } = await w.sandbox.sendsRaw(openId, 'sticker', { file_key: 'v3_sticker' });
    await w.quiet();
    return w.sandbox.message(messageId!)?.reactions?.map((one) => one.emoji);
  };

  it('appears under a sticker once although Feishu fails and repeats', async () => {
    w.sandbox.faults.twice = 1;
    Object.assign(w.sandbox.faults.api, { match: 'reactions', storeThenHangup: 1 });
    const before = w.inbox('陈志远').length;
    const openId = w.openId('陈志远');
    const { messageId } = await w.sandbox.sendsRaw(openId, 'sticker', { file_key: 'v3_sticker' });
    // Lets the clock run.
    const tries = async () => {
      await w.move({ seconds: 1 });
      return w.sandbox.calls.filter((call) => call.path.endsWith('/reactions')).length;
    };
    await expect.poll(tries, { interval: 500, timeout: 15_000 }).toBe(2);
    await w.quiet();
    expect(w.sandbox.message(messageId!)?.reactions?.map((one) => one.emoji)).toEqual(['SMILE']);
    expect(w.inbox('陈志远')).toHaveLength(before);
  });

  it('is dropped silently if the message is gone or the scope is missing', async () => {
    for (const code of [231003, 99991672]) {
      w.sandbox.faults.api.refuse = { code, times: 1 };
      expect(await sticker()).toBeUndefined();
      await w.advance({ days: 1 });
      expect(w.sandbox.calls.filter((call) => call.code === code)).toHaveLength(1);
    }
  });
});

it('is saved on first near the end of the month’s quota, and comes back with the next', async () => {
  const w = await world();
  const sticker = async () => {
    const sent = await w.sandbox.sendsRaw(w.openId('陈志远'), 'sticker', { file_key: 'v3_sticker' });
    await w.quiet();
    return w.sandbox.message(sent.messageId!)?.reactions?.length ?? 0;
  };
  const { quota } = w.app.ctx;
  while (quota.used() < 9_550) quota.note('send');
  await quota.flush();
  expect(quota.sparesUpdates()).toBe(false);
  expect(await sticker()).toBe(0);
  await w.move({ days: 11 });
  await quota.flush();
  expect(await sticker()).toBe(1);
  await w.close();
});
