import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(backends)('a leader asks for figures (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
  });
  afterAll(() => w.close());

  it('gets x of y, overdue duties and recent activities, without a name', async () => {
    await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    const [card] = await w.says('王建业', '周报');
    const text = words(card);
    expect(text).toContain('周报');
    expect(text).toMatch(/^进度 \d+%，(?:符合计划|按计划应为 \d+%)，\d+ 项逾期\n/);
    expect(text).toContain('本周活动 1 次');
    expect(text).toMatch(/需要您关注[\s\S]*家访或电访 · 已逾期 \d+ 天/);
    expect(text).not.toMatch(/陈志远|小杰|小雨/);
    expect(JSON.stringify(card?.card)).toContain('"tag":"chart"');
    // From a number to its records, and back.
    const open = JSON.stringify((await w.clicks('王建业', '看记录')).card);
    expect(open).toContain('任务明细');
    expect(words({ card: (await w.clicks('王建业', '返回')).card } as never)).toContain('需要您关注');
  });

  it('shows the same figures by school and pairing, by month and term', async () => {
    await w.says('刘洪涛', '周报');
    const headline = (text: string) => /进度 \d+%[^"]*/.exec(text)?.[0];
    const bySchool = JSON.stringify((await w.clicks('刘洪涛', '按学校')).card);
    expect(bySchool).toContain('云县民族中学');
    expect(bySchool).toContain('晓街乡万佑九年一贯制学校');
    const byPairing = JSON.stringify((await w.clicks('刘洪涛', '按结对')).card);
    expect(byPairing).toContain('云县民族中学→晓街乡万佑九年一贯制学校');
    expect(headline(byPairing)).toBe(headline(bySchool));
    expect(JSON.stringify((await w.clicks('刘洪涛', '月报')).card)).toContain('月报');
    expect(JSON.stringify((await w.clicks('刘洪涛', '学期报告')).card)).toContain('学期报告');
  });

  it('says how often something was done this year, to people who answer for others, and how much was required', async () => {
    const [head] = await w.says('王建业', '今年送教多少次？');
    expect(words(head)).toMatch(
      /^送教上课 1 次（9月1日 周二以来）\n云县民族中学\n[\s\S]*到受援学校送教（研讨课、示范课）\*\* 1\/2次/,
    );
    expect(words(head)).not.toContain('陈志远');
    expect(JSON.stringify((await w.clicks('王建业', '活动记录')).card)).toContain('共 1 条');
    expect(words((await w.says('刘洪涛', '我们县今年家访了多少次'))[0])).toContain('家访 2 次');
    expect(words((await w.says('刘洪涛', '这学年一共搞了多少次讲座'))[0])).toContain('讲座 0 次');
    // What the writer still owes is another question, and the only one a teacher can ask.
    expect(words((await w.says('王建业', '我还差几次送教'))[0])).toContain('还差多少');
    expect(words((await w.says('陈志远', '今年送教多少次'))[0])).toContain('还差多少');
  });

  it('refuses a teacher, and says whom to ask', async () => {
    const text = words((await w.says('陈志远', '周报'))[0]);
    expect(text).toContain('没有这个权限');
    expect(text).toContain('赵思敏');
    expect(text).not.toContain('项任务');
  });

  it('subscribes and unsubscribes with one word', async () => {
    const settings = async () =>
      JSON.parse(
        (
          await w.core.ctx.db
            .selectFrom('member')
            .select('settings')
            .where('open_id', '=', w.openId('王建业'))
            .executeTakeFirstOrThrow()
        ).settings,
      );
    await w.says('王建业', '订阅周报');
    expect(await settings()).toMatchObject({ weekly: true });
    await w.says('王建业', '退订周报');
    expect(await settings()).not.toHaveProperty('weekly');
  });

  it('is sent at the end of the month and of the term to subscribers, once each', async () => {
    for (const what of ['月报', '学期报告']) expect(words((await w.says('王建业', `订阅${what}`))[0])).toContain(what);
    const since = w.inbox('王建业').length;
    const titles = () =>
      w
        .inbox('王建业')
        .slice(since)
        .filter(({ card }) => JSON.stringify(card).includes('"tag":"chart"'))
        .map((card) => words(card).split('\n')[1]!);
    // From Friday 20 November to the afternoon of the last working day of the month.
    await w.advance({ days: 9, hours: 23 });
    expect(titles()).toEqual([]);
    await w.advance({ hours: 3 });
    expect(titles()).toEqual([expect.stringMatching(/^月报 11月1日/)]);
    await w.advance({ hours: 1 });
    await w.says('王建业', '退订月报');
    // To Friday 22 January, the last day of the term.
    await w.advance({ days: 52, hours: 21 });
    await w.advance({ hours: 2 });
    expect(titles().slice(1)).toEqual([expect.stringMatching(/^学期报告/)]);
  });
});
