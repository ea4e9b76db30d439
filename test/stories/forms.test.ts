import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxMessage } from '../../src/sandbox/tenant.ts';
import { type World, words, world } from '../support/world.ts';

describe('reporting by form', () => {
  let w: World;
  let me: string;
  const recorded = () =>
    w.core.ctx.db
      .selectFrom('activity')
      .select(['kind', 'date', 'body'])
      .where('cause', 'is not', null)
      .orderBy('id')
      .execute();
  const now = (card: SandboxMessage) => w.sandbox.message(card.messageId)!;
  const carried = (card: SandboxMessage, action: string) =>
    JSON.parse(JSON.stringify(now(card).card).match(new RegExp(`\\{"action":"${action}"[^}]*\\}`))![0]);
  const pupil = (card: SandboxMessage, name: string) =>
    new RegExp(`"content":"${name}"[^}]*\\},"value":"([^"]+)"`).exec(JSON.stringify(now(card).card))![1]!;
  /** A forged callback. */
  const forged = async (card: SandboxMessage, value: object, form: Record<string, unknown>, by = me) => {
    const { attempts } = await w.sandbox.push(
      {
        operator: { open_id: by },
        token: 'c-1',
        action: { tag: 'button', value, form_value: form },
        host: 'im_message',
        context: { open_message_id: card.messageId, open_chat_id: 'oc_x' },
      },
      { eventType: 'card.action.trigger' },
    );
    return JSON.parse(attempts[0]!.body!) as { toast?: { content: string; type: string }; card?: object };
  };

  beforeAll(async () => {
    w = await world();
    me = w.openId('陈志远');
  });
  afterAll(() => w.close());

  it('asks for the kind first, then only for its fields, and records once', async () => {
    const [card] = await w.says('陈志远', '填报');
    expect(words(card)).toContain('请选择活动类型');
    await w.sandbox.clicks(me, card!.messageId, { text: '家访' });
    expect(words(now(card!))).toContain('学生');
    expect(words(now(card!))).not.toContain('节数');
    const value = carried(card!, 'submit_form');
    const form = { date: '2026-11-18', pupils: [pupil(card!, '小雨')], mode: 'visit' };
    await w.sandbox.clicks(me, card!.messageId, { text: '提交' }, form);
    await w.quiet();
    expect(words(now(card!))).toContain('已记录');
    expect(words(now(card!))).toContain('家访或电访');
    await forged(card!, value, form);
    expect(await recorded()).toHaveLength(1);
    const [tasks] = await w.says('陈志远', '我的任务');
    expect(words(tasks)).toMatch(/家访或电访\*\* 小杰 1\/2次、小雨 1\/2次/);
  });

  it('accepts a photo sent as a reply to the form’s card', async () => {
    const card = w.inbox('陈志远').find((m) => words(m).includes('已记录'))!;
    const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 1, 2];
    await w.sandbox.sendsImage(me, new Uint8Array(png), { parentId: card.messageId });
    await w.quiet();
    await w.advance({ seconds: 2 });
    expect(words(now(card))).toContain('佐证：1 份');
  });

  it('opens with the kind named in the command', async () => {
    const [card] = await w.says('陈志远', '填报 听课评课');
    expect(words(card)).toContain('评课了吗');
  });

  it.each([
    ['a pupil who is not in one’s care', { date: '2026-11-18', pupils: ['pupil-of-nobody'], mode: 'visit' }, '学生'],
    ['a way that there is not', { date: '2026-11-18', pupils: [], mode: 'by-boat' }, '方式'],
    ['a day to come', { date: '2030-01-01', mode: 'visit' }, '日期'],
    ['no day at all', { date: { $gt: '' }, mode: 'visit' }, '日期'],
    ['nothing', {}, '日期'],
  ])('refuses %s, keeps what was right, and stores nothing', async (_what, form, field) => {
    const before = (await recorded()).length;
    const [card] = await w.says('陈志远', '填报 家访');
    const value = carried(card!, 'submit_form');
    const answer = await forged(card!, value, form);
    expect(answer.toast?.type).toBe('error');
    expect(answer.toast?.content).toContain(field);
    expect(JSON.stringify(answer.card)).toContain(value.nonce);
    expect(await recorded()).toHaveLength(before);
  });

  it('keeps the valid answers', async () => {
    const [card] = await w.says('陈志远', '填报 家访');
    const form = { date: '2026-11-17', pupils: [pupil(card!, '小雨')], mode: 'by-boat', topic: '和家长商量周末的安排' };
    const answer = await forged(card!, carried(card!, 'submit_form'), form);
    expect(JSON.stringify(answer.card)).toContain('和家长商量周末的安排');
    expect(JSON.stringify(answer.card)).toContain('2026-11-17');
  });

  it('refuses a kind and a form that it never made', async () => {
    const before = (await recorded()).length;
    const [card] = await w.says('陈志远', '填报 家访');
    const value = carried(card!, 'submit_form');
    for (const changed of [{ kind: 'holiday' }, { nonce: '../../etc' }, { nonce: 7 }]) {
      const answer = await forged(card!, { ...value, ...changed }, { date: '2026-11-18' });
      expect(answer.toast?.content).toContain('旧');
    }
    expect((await forged(card!, value, { date: '2026-11-18' }, w.openId('访客'))).toast?.content).toContain('权限');
    expect(await recorded()).toHaveLength(before);
  });

  it('is refused in a group', async () => {
    const chat = await w.sandbox.makesGroup('年级组', [me], {});
    await w.sandbox.says(me, '填报', { chat });
    await w.quiet();
    const answers = w.sandbox.messages(chat).filter((m) => m.from !== me);
    expect(answers.map(words).join()).toContain('请私聊我');
  });
});
