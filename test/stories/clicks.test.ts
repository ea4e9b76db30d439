import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ways } from '../support/ways.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(ways)('buttons under odd circumstances (%s, %s)', (backend, connection) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, connection });
    await w.says('陈志远', '昨天到万佑上了一节七年级语文');
  });
  afterAll(() => w.close());
  const card = () => w.inbox('陈志远')[0]!;
  const history = () =>
    w.core.ctx.db
      .selectFrom('activity_change')
      .select(['what', 'version'])
      .where('by_id', '!=', 'import')
      .orderBy('version')
      .execute();
  const reported = async () => (await history()).filter((h) => h.what !== 'imported').map((h) => h.what);

  it('refuses another person privately and changes nothing', async () => {
    const result = await w.sandbox.clicks(w.openId('李晓梅'), card().messageId, { text: '撤回' });
    expect(result.toast?.type).toBe('error');
    expect(result.card).toBeUndefined();
    expect(await reported()).toEqual(['recorded']);
  });

  it('refuses somebody outside every roster', async () => {
    const result = await w.sandbox.clicks(w.openId('访客'), card().messageId, { text: '撤回' });
    expect(result.toast?.type).toBe('error');
    expect(await reported()).toEqual(['recorded']);
  });

  it('shows the present state when pressed twice at once', async () => {
    const me = w.openId('陈志远');
    const { messageId } = card();
    const both = await Promise.all([1, 2].map(() => w.sandbox.clicks(me, messageId, { text: '撤回' })));
    for (const result of both) expect(result.clientError).toBeUndefined();
    expect(words(card())).toContain('已撤回');
    expect(await reported()).toEqual(['recorded', 'withdrawn']);
  });

  it('corrects a record by form, keeps the history, and refuses an older card', async () => {
    const me = w.openId('陈志远');
    await w.sandbox.clicks(me, card().messageId, { text: '恢复' });
    const before = structuredClone(card().card!);
    await w.sandbox.clicks(me, card().messageId, { text: '修改' });
    const saved = await w.sandbox.clicks(me, card().messageId, { text: '保存' }, { date: '2026-11-18', lessons: '3' });
    expect(saved.toast?.type).toBe('success');
    expect(words(card())).toContain('11月18日');
    expect(words(card())).toContain('3节');
    expect(await reported()).toEqual(['recorded', 'withdrawn', 'restored', 'edited']);
    // A forged callback that carries an older version's value.
    const value = JSON.stringify(before).match(/\{"action":"edit"[^}]*\}/)![0];
    const stale = await w.sandbox.push(
      {
        operator: { open_id: me },
        token: 'c-1',
        action: { tag: 'button', value: { ...JSON.parse(value), action: 'save_edit' }, form_value: { lessons: '9' } },
        host: 'im_message',
        context: { open_message_id: card().messageId, open_chat_id: 'oc_x' },
      },
      { eventType: 'card.action.trigger' },
    );
    expect(stale.attempts[0]!.body).toContain('旧');
    expect(await reported()).toHaveLength(4);
  });

  it.each([
    ['a day to come', { date: '2026-12-01' }],
    ['no date', { date: 'yesterday' }],
    ['a count below one', { lessons: '-1' }],
    ['a school of nobody', { place: 'nowhere' }],
  ])('gives the form back for %s and stores nothing', async (_what, form) => {
    const me = w.openId('陈志远');
    await w.sandbox.clicks(me, card().messageId, { text: '修改' });
    const result = await w.sandbox.clicks(me, card().messageId, { text: '保存' }, { ...form });
    expect(result.toast?.type).toBe('error');
    expect(words(card())).toContain('填写的内容有误');
    await w.sandbox.clicks(me, card().messageId, { text: '返回' });
    expect(words(card())).toContain('已记录');
    expect(await reported()).toHaveLength(4);
  });
});
