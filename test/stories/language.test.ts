import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type World, words, world } from '../support/world.ts';

const HAN = /\p{Script=Han}/u;

describe('cards in English', () => {
  let w: World;
  const first = async (text: string) => words((await w.says('陈志远', text))[0]);
  beforeAll(async () => {
    w = await world();
  });
  afterAll(() => w.close());

  it('start with one word', async () => {
    expect(await first('English')).toContain('English from now on');
    expect(await first('help')).toContain('What I can do');
    expect(await first('report')).not.toMatch(HAN);
    expect(await first('my tasks')).toContain('My tasks');
    expect(await first('昨天到万佑上了一节七年级语文')).toContain('Recorded');
    const kept = await w.core.ctx.db.selectFrom('member').select('settings').where('open_id', '=', w.openId('陈志远'));
    expect(JSON.parse((await kept.executeTakeFirstOrThrow()).settings)).toMatchObject({ locale: 'en-US' });
  });

  it('include answers to clicks and refusals', async () => {
    const result = await w.clicks('陈志远', 'Withdraw');
    expect(JSON.stringify(result.card)).toContain('Withdrawn');
    const refused = await w.sandbox.push(
      {
        operator: { open_id: w.openId('陈志远') },
        token: 'c-1',
        action: { tag: 'button', value: { action: 'no_such_action' } },
        host: 'im_message',
        context: { open_message_id: 'om_x', open_chat_id: 'oc_x' },
      },
      { eventType: 'card.action.trigger' },
    );
    // Feishu's client picks its own language for a toast.
    const { toast } = JSON.parse(refused.attempts[0]!.body!);
    expect(toast.i18n.en_us).toContain('out of date');
    expect(toast.i18n.zh_cn).toContain('旧');
  });

  it('end with one word', async () => {
    expect(await first('中文')).toContain('以后用中文');
    expect(await first('我的任务')).toContain('我的任务');
  });

  it('greet a stranger in the language they write', async () => {
    expect(words((await w.says('访客', 'Hello, who are you?'))[0])).toContain('You are not in the roster yet');
  });
});

describe('notices that one person causes for another', () => {
  let w: World;
  const last = (who: string) => words(w.inbox(who).at(-1));
  beforeAll(async () => {
    const requirement = { id: 'lesson', title: '送教', activity: 'demo_lesson', subject: 'pairing', measure: 'times' };
    w = await world({
      programme: {
        name: '语言',
        terms: [{ name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' }],
        schools: [{ name: '甲校' }, { name: '乙校' }],
        people: [
          { name: '何甲', school: '甲校', roles: ['teacher'] },
          { name: '何丙', school: '甲校', roles: ['teacher'] },
          { name: '何联', school: '甲校', roles: ['coordinator'] },
          { name: '苏联', school: '乙校', roles: ['coordinator'] },
        ],
        pairings: [{ supporter: '甲校', recipient: '乙校', team: ['何甲'] }],
        care: [{ mentor: '何甲', pupil: { name: '小一' } }],
        plans: [
          {
            id: 'own',
            title: '送教计划',
            pairings: 'all',
            requirements: [{ ...requirement, count: 2, period: 'term', confirm: 'recipient' }],
          },
        ],
      },
    });
    for (const name of ['何甲', '何丙']) await w.says(name, 'English');
  });
  afterAll(() => w.close());

  it('are in the reader’s language: a question to confirm, and a dispute', async () => {
    await w.says('何甲', '昨天到乙校上了一节七年级语文');
    expect(last('苏联')).toContain('请确认一次活动');
    await w.clicks('苏联', '有出入', { reason: '当天停课' });
    expect(last('何甲')).toMatch(/is not correct\S* 当天停课/);
    await w.says('苏联', 'English');
    await w.says('何甲', '今天到乙校上了一节八年级数学');
    expect(last('苏联')).toContain('Please confirm an activity');
  });

  it('include requests for help and their answers', async () => {
    await w.says('何甲', '求助 车坏了去不了乙校');
    expect(last('何联')).toContain('求助');
    await w.clicks('何联', '回复', { answer: '校车周四可用' });
    expect(last('何甲')).toContain('Help request (answered)');
  });

  it('include those of a coordinator who acts for them: 代报, 请假, 换人', async () => {
    await w.says('何联', '代报 何甲 前天到乙校上了一节九年级英语');
    expect(last('何甲')).toContain('何联 reported for you');
    expect(words((await w.says('何联', '请假 何甲 11-23至11-24 生病'))[0])).toContain('请假（生病）');
    await w.clicks('何联', '确认');
    expect(last('何甲')).toContain('何甲 on leave');
    await w.says('何联', '换人 何甲 → 何丙 11-25起');
    await w.clicks('何联', '确认');
    expect(last('何丙')).toMatch(/何丙 takes over from 何甲[\s\S]*Pupils\S* 小一/);
  });
});
