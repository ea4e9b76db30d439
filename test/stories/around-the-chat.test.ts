import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/bot/commands.ts';
import { type World, words, world } from '../support/world.ts';

describe('what happens around a chat', () => {
  let w: World;
  let me: string;
  const since = async (name: string, act: () => Promise<unknown>) => {
    const before = w.inbox(name).length;
    await act();
    await w.quiet();
    return w.inbox(name).slice(before);
  };
  const sent = () => w.sandbox.messages(me).filter((m) => m.from === me);
  const stands = async () => {
    const rows = await w.core.ctx.db.selectFrom('activity').select('status').where('cause', 'is not', null).execute();
    return rows.filter((r) => r.status !== 'withdrawn').length;
  };
  const member = async (name: string) => {
    const found = w.core.ctx.db.selectFrom('member').select('settings').where('open_id', '=', w.openId(name));
    return JSON.parse((await found.executeTakeFirstOrThrow()).settings) as Record<string, unknown>;
  };

  beforeAll(async () => {
    w = await world();
    me = w.openId('陈志远');
    // After the day's reminders.
    await w.advance({ seconds: 1 });
  });
  afterAll(() => w.close());

  it('withdraws what a recalled message recorded, redraws its card and notifies the sender once', async () => {
    const [card] = await w.says('陈志远', '昨天到万佑上了一节七年级语文，今天听了两节课');
    expect(await stands()).toBe(2);
    const answers = await since('陈志远', () => w.sandbox.recalls(me, sent().at(-1)!.messageId));
    expect(answers.map(words).join()).toContain('记录也已撤回');
    expect(await stands()).toBe(0);
    await w.advance({ seconds: 2 });
    expect(words(w.sandbox.message(card!.messageId))).toContain('已撤回');
    expect(await since('陈志远', () => w.sandbox.recalls(me, sent().at(-1)!.messageId))).toEqual([]);
  });

  it('never records a message that was recalled before it arrived', async () => {
    const recall = { message_id: 'om_overtaken', chat_id: 'oc_x', recall_time: '1', recall_type: 'message_owner' };
    await w.sandbox.push(recall, { eventType: 'im.message.recalled_v1' });
    const answers = await w.says('陈志远', '昨天到万佑上了一节八年级语文', { messageId: 'om_overtaken' });
    expect(answers).toEqual([]);
    expect(await stands()).toBe(0);
  });

  it('closes the question of a message that was recalled', async () => {
    const [asked] = await w.says('陈志远', '昨天家访了');
    expect(words(asked)).toContain('还差一点就能记录');
    expect(await since('陈志远', () => w.sandbox.recalls(me, sent().at(-1)!.messageId))).toEqual([]);
    const drafts = w.core.ctx.db.selectFrom('draft').select('state').where('state', '=', 'open');
    expect(await drafts.execute()).toEqual([]);
  });

  it('welcomes once, however often the chat is opened', async () => {
    const first = await since('李晓梅', () => w.sandbox.opensChat(w.openId('李晓梅')));
    expect(first.map(words).join()).toContain('李晓梅，您好');
    expect(await since('李晓梅', () => w.sandbox.opensChat(w.openId('李晓梅')))).toEqual([]);
  });

  it('does not write to a stranger who only opens the chat', async () => {
    const before = w.inbox('赵思敏').length;
    expect(await since('访客', () => w.sandbox.opensChat(w.openId('访客')))).toEqual([]);
    expect(w.inbox('赵思敏')).toHaveLength(before);
  });

  it('runs a command from the menu, by its name or as it would be typed', async () => {
    for (const key of ['my_tasks', '我的任务']) {
      const [tasks] = await since('陈志远', () => w.sandbox.clicksMenu(me, key));
      expect(words(tasks)).toContain('我的任务');
    }
    expect(await since('陈志远', () => w.sandbox.clicksMenu(me, 'no_such_key'))).toEqual([]);
  });

  it('refuses a menu item if a message would be refused, and handles every key at its first delivery', async () => {
    const { attempts } = await w.sandbox.clicksMenu(me, '导出');
    await w.quiet();
    expect(attempts.map((a) => a.status)).toEqual([200]);
    expect(words(w.inbox('陈志远').at(-1))).toContain('没有这个权限');
    for (const key of Object.keys(commands)) {
      const delivery = await w.sandbox.clicksMenu(me, key);
      expect([key, ...delivery.attempts.map((a) => a.status)]).toEqual([key, 200]);
    }
    await w.quiet();
  });

  it('says one short thing to a group it is added to', async () => {
    const chat = await w.sandbox.makesGroup('教研组', [me, w.openId('李晓梅')], { announce: true });
    await w.quiet();
    const messages = w.sandbox.messages(chat);
    expect(messages).toHaveLength(1);
    expect(words(messages[0])).toContain('结对帮扶助手');
  });

  it('knows which of its messages were read', async () => {
    await w.says('陈志远', '我的任务');
    await w.sandbox.reads(me);
    await w.quiet();
    const last = w.inbox('陈志远').at(-1)!;
    const row = w.core.ctx.db.selectFrom('notice').select('state').where('message_id', '=', last.messageId);
    expect(await row.executeTakeFirst()).toEqual({ state: 'read' });
  });

  it('unbinds people who leave, and reaches those who return', async () => {
    await w.sandbox.leaves(w.openId('王建业'));
    await w.quiet();
    expect(await member('王建业')).toHaveProperty('unreachableSince');
    const back = { object: { open_id: w.openId('王建业'), name: '王建业', status: { is_resigned: false } } };
    await w.sandbox.push(back, { eventType: 'contact.user.updated_v3' });
    await w.quiet();
    expect(await member('王建业')).not.toHaveProperty('unreachableSince');
  });

  it('answers voice, video and forwards once, kindly, and stickers and thanks without a card', async () => {
    const raw = (type: string, content: Record<string, unknown>) => () => w.sandbox.sendsRaw(me, type, content);
    for (const act of [
      raw('audio', { file_key: 'file_v1', duration: 2000 }),
      raw('merge_forward', { content: 'Merged and Forwarded Message' }),
      raw('media', { file_key: 'file_v2', file_name: 'a.mp4' }),
    ]) {
      const answers = await since('陈志远', act);
      expect(answers.map(words).join()).toContain('请用一句文字告诉我');
      expect(answers).toHaveLength(1);
    }
    expect(await since('陈志远', raw('sticker', { file_key: 'sticker_v1' }))).toEqual([]);
    for (const chatter of ['谢谢', '好的', '收到', '👍', '辛苦了', '早上好', '哈哈哈', '今天天气真好', '嗯嗯'])
      expect(await w.says('陈志远', chatter), chatter).toEqual([]);
    expect(await stands()).toBe(0);
  });

  it('is quiet in a group unless mentioned, and names no pupil there', async () => {
    const chat = await w.sandbox.makesGroup('年级组', [me], {});
    const answers = () => w.sandbox.messages(chat).filter((m) => m.from !== me);
    await w.sandbox.says(me, '昨天和小雨谈话了', { chat, mentionBot: false });
    await w.quiet();
    expect(answers()).toEqual([]);
    await w.sandbox.says(me, '谢谢', { chat });
    await w.quiet();
    expect(answers()).toEqual([]);
    await w.sandbox.says(me, '昨天和小雨谈话了', { chat });
    await w.quiet();
    expect(words(answers()[0])).toContain('已记录');
    expect(words(answers()[0])).not.toContain('小雨');
    // Changed in private, redrawn in the group.
    await w.says('陈志远', '撤回');
    await w.advance({ seconds: 2 });
    expect(words(answers()[0])).toContain('已撤回');
    expect(words(answers()[0])).not.toContain('小雨');
  });
});
