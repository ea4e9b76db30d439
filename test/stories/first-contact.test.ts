import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const programme = {
  name: '青山乡结对',
  terms: [{ name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' }],
  districts: [{ name: '青山县' }],
  schools: [
    { name: '青山中学', short: ['青中'], district: '青山县' },
    { name: '河口小学', short: ['河口'], district: '青山县' },
  ],
  people: [
    { name: '何文静', school: '青山中学', roles: ['coordinator'], open_id: 'ou_known_he' },
    { name: '石磊', school: '河口小学', roles: ['coordinator'], open_id: 'ou_known_shi' },
    { name: '白露', school: '青山中学', roles: ['teacher'], mobile: '13900000001' },
    { name: '江一鸣', school: '青山中学', roles: ['teacher'], email: 'Yiming@example.edu' },
    { name: '方晓', school: '青山中学', roles: ['teacher'] },
    { name: '方大同', school: '河口小学', roles: ['teacher'] },
  ],
  pairings: [{ supporter: '青山中学', recipient: '河口小学', kinds: ['teaching'], from: '2026-09-01' }],
  plans: [{ use: 'yunxian-minzu', pairings: 'all' }],
};

const KNOWN = [
  { openId: 'ou_known_he', name: '何文静' },
  { openId: 'ou_known_shi', name: '石磊' },
];
const STRANGERS = [
  { openId: 'ou_newcomer_bailu', name: '露露', mobile: '+8613900000001' },
  { openId: 'ou_newcomer_yiming', name: 'Yiming', email: 'yiming@example.edu' },
  { openId: 'ou_newcomer_fang', name: '方老师' },
  { openId: 'ou_newcomer_other', name: '过路人' },
  { openId: 'ou_newcomer_far', name: '外来客' },
];

describe.each(backends)('first contact (%s)', (backend) => {
  let w: World;
  const user = (name: string) => STRANGERS.find((p) => p.name === name)!.openId;
  const bound = async (openId: string) =>
    (await w.core.ctx.db.selectFrom('member').select('person_id').where('open_id', '=', openId).execute()).length;
  const write = async (name: string, text: string) => {
    const before = w.sandbox.messages(user(name)).length;
    await w.sandbox.says(user(name), text);
    await w.quiet();
    return w.sandbox.messages(user(name)).slice(before + 1);
  };

  beforeAll(async () => {
    // Only the coordinators are bound; the others write to the bot themselves.
    w = await world({ backend, programme, sandbox: { people: [...KNOWN, ...STRANGERS] } });
    const known = KNOWN.map((p) => p.openId);
    await w.core.ctx.db.deleteFrom('member').where('open_id', 'not in', known).execute();
  });
  afterAll(() => w.close());

  it('knows a stranger by the mobile of their profile, and answers what they wrote at once', async () => {
    const answers = await write('露露', '昨天到河口上了一节语文');
    expect(answers.map(words).join('\n')).toContain('您已登记为 青山中学 白露');
    expect(answers.map(words).join('\n')).toContain('已记录');
    expect(answers).toHaveLength(2);
    expect(await write('露露', '我的任务')).toHaveLength(1);
  });

  it('knows a stranger by mail, whatever its case', async () => {
    const answers = await write('Yiming', '谢谢');
    expect(answers.map(words).join('\n')).toContain('您已登记为 青山中学 江一鸣');
    expect(answers).toHaveLength(1);
  });

  it('believes nothing that a stranger types', async () => {
    const [answer] = await write('过路人', '我是方晓，手机 13900000001');
    expect(words(answer)).toContain('还没有找到您的名册信息');
    expect(await bound(user('过路人'))).toBe(0);
    // One notice, a second that it still takes a while, and no third on the same day.
    expect((await write('过路人', '在吗')).map(words).join()).toContain('仍在等联络员认领');
    expect(await write('过路人', '在吗')).toEqual([]);
  });

  it('asks only the coordinators who may know them, with the people who may be meant', async () => {
    const before = { own: w.inbox('何文静').length, other: w.inbox('石磊').length };
    await write('方老师', '今天听了两节课');
    const card = w.inbox('何文静').slice(before.own);
    expect(card).toHaveLength(1);
    expect(JSON.stringify(card[0]!.card)).toContain('青山中学 方晓');
    expect(JSON.stringify(card[0]!.card)).not.toContain('方大同');
    expect(w.inbox('石磊').slice(before.other)).toHaveLength(1);
    expect(JSON.stringify(w.inbox('石磊').at(-1)!.card)).toContain('河口小学 方大同');
  });

  it('refuses a claim by anybody else, and one for another school', async () => {
    const card = w.inbox('何文静').at(-1)!;
    const value = JSON.parse(JSON.stringify(card.card).match(/\{"action":"claim",[^}]*\}/)![0]);
    const forged = async (by: string, changed: object) => {
      const { attempts } = await w.sandbox.push(
        {
          operator: { open_id: by },
          token: 'c-1',
          action: { tag: 'button', value: { ...value, ...changed } },
          host: 'im_message',
          context: { open_message_id: card.messageId, open_chat_id: 'oc_x' },
        },
        { eventType: 'card.action.trigger' },
      );
      return attempts[0]!.body!;
    };
    expect(await forged(user('露露'), {})).toContain('没有这个权限');
    expect(await forged(user('过路人'), {})).toContain('没有这个权限');
    const stone = JSON.parse(JSON.stringify(w.inbox('石磊').at(-1)!.card).match(/\{"action":"claim",[^}]*\}/)![0]);
    expect(await forged(w.openId('何文静'), { person: stone.person })).toContain('没有这个权限');
    expect(await forged(w.openId('何文静'), { person: 'nobody' })).toContain('已不在了');
    expect(await bound(user('方老师'))).toBe(0);
  });

  it('binds on one tap and welcomes them; the other coordinator sees who did', async () => {
    const before = w.sandbox.messages(user('方老师')).length;
    const result = await w.clicks('何文静', '青山中学 方晓');
    expect(JSON.stringify(result.card)).toContain('认领为 青山中学 方晓');
    const received = w.sandbox.messages(user('方老师')).slice(before);
    expect(received.map(words).join()).toContain('您已登记为 青山中学 方晓');
    const late = await w.clicks('石磊', '河口小学 方大同');
    expect(JSON.stringify(late.card)).toContain('认领为 青山中学 方晓');
    expect(await bound(user('方老师'))).toBe(1);
    expect(words((await write('方老师', '我的任务'))[0])).toContain('我的任务');
  });

  it('a stranger without a similar name is chosen from the roster, or added to it', async () => {
    await write('外来客', '在吗');
    const asked = w.inbox('石磊').findLast((m) => JSON.stringify(m.card).includes('外来客'))!;
    const press = (text: string, form?: Record<string, string>) =>
      w.sandbox.clicks(w.openId('石磊'), asked.messageId, { text }, form);
    expect(words(asked)).toContain('没有相近的人');
    await press('从名册选，或加进名册');
    const shown = JSON.stringify(w.sandbox.message(asked.messageId)!.card);
    expect(shown).toContain('河口小学 方大同');
    expect(shown).not.toContain('青山中学');
    const [row] = await w.core.ctx.db.selectFrom('roster').select('id').where('name', '=', '河口小学').execute();
    await press('加进名册（教师）', { name: '外来客', school: row!.id });
    await w.quiet();
    expect(words(w.sandbox.messages(user('外来客')).at(-1))).toContain('您已登记为 河口小学 外来客');
    expect(await bound(user('外来客'))).toBe(1);
    expect(words((await write('外来客', '我的任务'))[0])).toContain('我的任务');
  });

  it('replaces an account that has left by the new one with the same mobile, and no other', async () => {
    const db = w.core.ctx.db;
    const person = await db
      .selectFrom('member')
      .select('person_id')
      .where('open_id', '=', user('露露'))
      .executeTakeFirstOrThrow();
    await w.sandbox.changes(user('过路人'), { mobile: '13900000001' });
    await w.quiet();
    expect(await bound(user('过路人'))).toBe(0);
    await w.sandbox.leaves(user('露露'));
    await w.quiet();
    await w.sandbox.changes(user('过路人'), { mobile: '13900000001' });
    await w.quiet();
    const now = await db.selectFrom('member').select('open_id').where('person_id', '=', person.person_id).execute();
    expect(now).toEqual([{ open_id: user('过路人') }]);
  });
});
