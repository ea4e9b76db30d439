import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

/** A plan whose lessons the recipient school confirms. */
const programme = {
  name: '确认',
  terms: [{ name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '何甲', school: '甲校', roles: ['teacher'] },
    { name: '何戊', school: '甲校', roles: ['teacher'] },
    { name: '何联', school: '甲校', roles: ['coordinator'] },
    { name: '苏乙', school: '乙校', roles: ['teacher'] },
    { name: '苏联', school: '乙校', roles: ['coordinator'] },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校', team: ['何甲'] }],
  plans: [
    {
      id: 'own',
      title: '送教计划',
      pairings: 'all',
      requirements: [
        {
          id: 'lesson',
          title: '送教',
          activity: 'demo_lesson',
          subject: 'pairing',
          measure: 'times',
          count: 2,
          period: 'term',
          confirm: 'recipient',
        },
      ],
    },
  ],
};

describe.each(backends)('what coordinators do (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme });
  });
  afterAll(() => w.close());
  const done = async () =>
    Number((await w.core.ctx.db.selectFrom('obligation').select('done').executeTakeFirstOrThrow()).done);
  const last = (who: string) => words(w.inbox(who).at(-1));

  it('the recipient school confirms once; somebody else may not, and nothing counts twice', async () => {
    await w.says('何甲', '昨天到乙校上了一节七年级语文');
    expect(await done()).toBe(1);
    expect(last('苏联')).toContain('请确认一次活动');
    expect(last('苏联')).toContain('何甲');
    await w.clicks('苏联', '确认属实');
    await w.clicks('苏联', '确认属实').catch(() => undefined);
    expect(await done()).toBe(1);
    const rows = await w.core.ctx.db.selectFrom('activity').select('body').execute();
    expect(rows.map((r) => JSON.parse(r.body).confirmation)).toEqual(['confirmed']);
    expect(words((await w.says('苏联', '确认'))[0])).toContain('没有内容');
    expect(words((await w.says('何联', '确认'))[0])).toContain('没有内容');
    // A talk within one school needs no confirmation, however long the list.
    await w.says('何甲', '今天和乙校开了一次会');
    expect(words((await w.says('苏联', '确认 名单'))[0])).toContain('没有内容');
  });

  it('a dispute needs a reason, takes it out of the count, notifies the reporter, and is asked again after an edit', async () => {
    await w.says('何甲', '前天到乙校上了两节八年级数学');
    expect(await done()).toBe(2);
    const bare = await w.clicks('苏联', '有出入', { reason: ' ' });
    expect(JSON.stringify(bare)).toContain('没有保存');
    expect(await done()).toBe(2);
    await w.clicks('苏联', '有出入', { reason: '当天停课' });
    expect(await done()).toBe(1);
    expect(last('何甲')).toContain('当天停课');
    await w.advance({ seconds: 2 });
    const before = w.inbox('苏联').length;
    await w.clicks('何甲', '修改');
    await w.clicks('何甲', '保存', { date: '2026-11-16', place: '乙校', lessons: '2' });
    expect(await done()).toBe(2);
    expect(w.inbox('苏联').length).toBe(before + 1);
    expect(last('苏联')).toContain('请确认一次活动');
  });

  it("代报 records in another person's name, notifies them, and stays within one school", async () => {
    const [answer] = await w.says('何联', '代报 何甲 今天到乙校上了一节九年级英语');
    expect(words(answer)).toContain('何甲');
    expect(last('何甲')).toContain('替您报送');
    const row = (
      await w.core.ctx.db.selectFrom('activity').select(['body', 'by_id', 'reporter_id']).orderBy('id').execute()
    ).at(-1)!;
    expect(row.by_id).not.toBe(row.reporter_id);
    expect(JSON.parse(row.body)).toMatchObject({ onBehalf: true });
    const [refused] = await w.says('何联', '代报 苏乙 今天听了一节课');
    expect(words(refused)).toContain('没有这个权限');
    expect(words(refused)).toContain('苏联');
  });

  it("求助 goes to the person's coordinator, is taken up, answered and closed; both see it", async () => {
    expect(words((await w.says('何甲', '有困难'))[0])).toContain('遇到什么困难');
    await w.clicks('何甲', '发送', { reason: '车坏了去不了乙校' });
    expect(last('何联')).toContain('车坏了');
    expect(words((await w.says('何联', '求助'))[0])).toContain('共 1 条');
    await w.clicks('何联', '我来处理');
    expect(last('何甲')).toContain('何联 在处理');
    await w.clicks('何联', '回复', { answer: '校车周四可用' });
    expect(last('何甲')).toContain('校车周四可用');
    await w.clicks('何甲', '已解决');
    expect(last('何联')).toContain('已解决');
    expect(words((await w.says('何联', '求助'))[0])).toContain('没有内容');
  });

  it('代报 withdraws and corrects as the person would, and the card in their chat shows it', async () => {
    const [card] = await w.says('何甲', '11月12日到乙校上了一节七年级语文');
    const shown = () => words(w.sandbox.message(card!.messageId));
    await w.says('何联', '代报 何甲 把上条的一节改成三节');
    await w.advance({ seconds: 2 });
    expect(shown()).toContain('3节');
    const [answer] = await w.says('何联', '代报 何甲 刚才报错了，撤回上一条');
    expect(words(answer)).toContain('已撤回');
    await w.advance({ seconds: 2 });
    expect(shown()).toContain('已撤回');
  });

  it('代报 answers each part of the message, as it would answer the person', async () => {
    const answers = await w.says('何联', '代报 何甲 11月11日到乙校上了一节七年级语文，这周还给学生家里打了电话');
    expect(answers.map((a) => words(a).split('\n')[0]).sort()).toEqual([
      '还差一点就能记录',
      '送教上课 4/2次 · 已超出要求',
    ]);
  });

  it('代报 of a trip that somebody else has reported credits the person it is about', async () => {
    await w.says('何甲', '11月10日到乙校上了一节七年级语文');
    const [card] = await w.says('何联', '代报 何戊 11月10日到乙校上了一节七年级语文');
    expect(words(card)).toContain('已记录');
    expect(words(card)).toContain('何甲');
    const rows = await w.core.ctx.db.selectFrom('activity').select('body').where('date', '=', '2026-11-10').execute();
    expect(rows).toHaveLength(2);
  });
});
