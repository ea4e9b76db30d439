import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(backends)('a private message is never met with silence (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
    await w.advance({ seconds: 1 });
  });
  afterAll(() => w.close());
  const answerTo = async (name: string, text: string) => {
    const { messageId } = await w.sandbox.says(w.openId(name), text);
    await w.quiet();
    const emoji = w.sandbox.message(messageId!)?.reactions?.map((one) => one.emoji) ?? [];
    const [card] = w.inbox(name).filter((m) => m.parentId === messageId);
    return { emoji, card: card ? words(card) : '' };
  };

  it.each([
    ['你好', '我能做什么'],
    ['我还差什么没做', '我的任务'],
    ['提醒太多了', '提醒可以停几天'],
    ['3天后再提醒', '不再提醒'],
    ['怎么改', '我的记录'],
    ['听课笔记', '是要报送吗'],
    ['\u200b帮助\u2060', '我能做什么'],
  ])('%s', async (text, title) => {
    expect((await answerTo('陈志远', text)).card).toContain(title);
  });

  it('thanks and plain talk get an emoji, in private only', async () => {
    expect(await answerTo('陈志远', '谢谢')).toEqual({ emoji: ['THANKS'], card: '' });
    expect(await answerTo('陈志远', '收到')).toEqual({ emoji: ['OK'], card: '' });
    expect(await answerTo('陈志远', '今天天气真好啊')).toEqual({ emoji: ['THUMBSUP'], card: '' });
  });

  it('记错了 shows the last record with its buttons, 恢复 restores the withdrawn one', async () => {
    await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    expect((await answerTo('陈志远', '记错了')).card).toMatch(/示范课|送教[\s\S]*撤回/);
    await w.says('陈志远', '撤回');
    expect((await answerTo('陈志远', '恢复')).card).toContain('已记录');
    const rows = await w.core.ctx.db.selectFrom('activity').select('body').where('cause', 'is not', null).execute();
    expect(rows.map((row) => JSON.parse(row.body).status)).toEqual(['done']);
  });
});
