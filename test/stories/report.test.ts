import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ways } from '../support/ways.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(ways)('a teacher reports a lesson trip (%s, %s)', (backend, connection) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, connection });
  });
  afterAll(() => w.close());

  it('records one sentence and shows what it counts for', async () => {
    const [answer] = await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    expect(words(answer)).toContain('已记录');
    expect(words(answer)).toContain('1/2次');
    expect(words(answer)).toContain('11月19日');
    expect(words(answer)).toContain('晓街乡万佑九年一贯制学校');
  });

  it('withdraws it on 撤回 and counts again', async () => {
    const result = await w.clicks('陈志远', '撤回');
    expect(JSON.stringify(result.card)).toContain('已撤回');
    const [tasks] = await w.says('陈志远', '我的任务');
    expect(words(tasks)).toContain('0/2次');
  });

  it('restores it on 恢复', async () => {
    const card = w.inbox('陈志远')[0]!;
    await w.sandbox.clicks(w.openId('陈志远'), card.messageId, { text: '恢复' });
    const [tasks] = await w.says('陈志远', '我的任务');
    expect(words(tasks)).toContain('1/2次');
  });

  it('delivers the answer within seconds after a Feishu error, and once', async () => {
    Object.assign(w.sandbox.faults.api, { match: 'POST /open-apis/im', status500: 1 });
    const before = w.inbox('李晓梅').length;
    await w.sandbox.says(w.openId('李晓梅'), '今天到万佑上了两节八年级数学');
    // Lets the clock run: the story does not depend on when the call fails.
    const arrived = async () => {
      await w.move({ seconds: 1 });
      return w.inbox('李晓梅').length - before;
    };
    await expect.poll(arrived, { interval: 1_000, timeout: 15_000 }).toBe(1);
    await w.quiet();
    expect(w.sandbox.calls.filter((call) => call.status === 500)).toHaveLength(1);
    expect(w.inbox('李晓梅').slice(before).map(words)).toEqual([expect.stringContaining('已记录')]);
  });
});
