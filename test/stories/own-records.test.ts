import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type World, words, world } from '../support/world.ts';

describe('people see, correct and withdraw what they recorded', () => {
  let w: World;
  let me: string;
  beforeAll(async () => {
    w = await world();
    me = w.openId('李晓梅');
    for (let day = 1; day <= 12; day++) {
      await w.advance({ minutes: 1 });
      await w.says('李晓梅', `11月${day}日到万佑听了一节课，评了`);
    }
  });
  afterAll(() => w.close());

  it('lists them ten a card, the newest first, in private only', async () => {
    const [list] = await w.says('李晓梅', '我的记录');
    expect(words(list)).toContain('11月12日');
    expect(words(list)).not.toContain('11月2日 ');
    expect(words(list)).toContain('共 13 条');
    await w.clicks('李晓梅', '下一页');
    expect(words(w.sandbox.message(list!.messageId))).toContain('11月2日 ');
    const chat = await w.sandbox.makesGroup('年级组', [me], {});
    await w.sandbox.says(me, '我的记录', { chat });
    await w.quiet();
    expect(w.sandbox.messages(chat).map(words).join()).toContain('请私聊我');
  });

  it("does not show other people's records", async () => {
    const [list] = await w.says('周丽华', '我的记录');
    expect(words(list)).not.toContain('听课');
  });

  it('corrects and withdraws from the list', async () => {
    const [list] = await w.says('李晓梅', '我的记录');
    await w.sandbox.clicks(me, list!.messageId, { text: '打开' });
    const saved = await w.sandbox.clicks(me, list!.messageId, { text: '修改' });
    expect(JSON.stringify(saved.card)).toContain('评课了吗');
    await w.sandbox.clicks(me, list!.messageId, { text: '保存' }, { date: '2026-11-13' });
    expect(words(w.sandbox.message(list!.messageId))).toContain('11月13日');
    const [again] = await w.says('李晓梅', '我的记录');
    await w.sandbox.clicks(me, again!.messageId, { text: '打开' });
    await w.sandbox.clicks(me, again!.messageId, { text: '撤回' });
    expect(words(w.sandbox.message(again!.messageId))).toContain('已撤回');
    expect(words((await w.says('李晓梅', '我的记录'))[0])).toContain('已撤回');
  });
});
