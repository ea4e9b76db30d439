import { afterEach, describe, expect, it } from 'vitest';
import { ways } from '../support/ways.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(ways)('requests that Feishu refuses (%s, %s)', (backend, connection) => {
  let w: World;
  afterEach(() => w.close());
  const begin = async () => {
    w = await world({ backend, connection });
  };
  const refuse = (code: number, times: number, match = 'POST /open-apis/im', msg?: string) =>
    Object.assign(w.sandbox.faults.api, { match, refuse: { code, times, msg } });
  const REPORT = '昨天到万佑上了一节七年级语文';
  const passing = async (seconds: number) => {
    await w.move({ seconds });
    await w.app.sweep();
  };
  const arrives = async (count: number, seconds: number) => {
    const seen = async () => {
      await passing(seconds);
      return w.inbox('陈志远').length;
    };
    await expect.poll(seen, { interval: 300, timeout: 20_000 }).toBe(count);
  };

  it('are retried: one still under way, and one for which the app was not approved yet', async () => {
    await begin();
    refuse(18121, 1);
    await w.sandbox.says(w.openId('陈志远'), REPORT);
    await arrives(1, 1);
    refuse(99991672, 3);
    await w.sandbox.says(w.openId('陈志远'), '我的任务');
    await arrives(2, 300);
    expect(words(w.inbox('陈志远')[1])).toContain('2次');
  });

  it('are sent in other words: a chat without cards, a word filter, a data-leak rule, and both at once', async () => {
    await begin();
    refuse(230054, 1);
    const [text] = await w.says('陈志远', REPORT);
    expect(text?.msgType).toBe('text');
    expect(words(text)).toContain('已记录');
    for (const [code, times] of [
      [230022, 1],
      [230028, 1],
    ] as const) {
      refuse(code, times);
      const [neutral] = await w.says('陈志远', '我的任务');
      expect(words(neutral)).toContain('安全策略');
    }
  });

  it('are repeated once a card is no longer in use', async () => {
    await begin();
    await w.says('陈志远', REPORT);
    const card = w.inbox('陈志远')[0]!;
    refuse(230099, 3, 'PATCH', 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; ');
    await w.sandbox.says(w.openId('陈志远'), '不是一节，是两节');
    const patched = async () => {
      await passing(2);
      return words(w.sandbox.message(card.messageId));
    };
    await expect.poll(patched, { interval: 300, timeout: 20_000 }).toContain('2节');
    expect(w.sandbox.calls.filter((call) => call.code === 230099)).toHaveLength(3);
  });
});
