import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const BOTH = '周一在万佑上了一节语文，周三和小杰谈了，好像还去了小雨家坐了坐也算家访吧';

describe.each(backends)('one card for a message (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
    await w.advance({ seconds: 1 });
  });
  beforeEach(() => w.advance({ minutes: 5 }));
  afterAll(() => w.close());
  const made = () =>
    w.core.ctx.db.selectFrom('activity').select(['kind', 'status']).where('cause', 'is not', null).execute();
  const open = () => w.core.ctx.db.selectFrom('draft').select('id').where('state', '=', 'open').execute();

  it('who was not met stands on the card of who was', async () => {
    const cards = await w.says('陈志远', '今天和小杰谈了，小雨请假没来');
    expect(cards).toHaveLength(1);
    expect(words(cards[0])).toMatch(/^谈话 .*\n已记录\n/);
    expect(words(cards[0])).toMatch(/小杰[\s\S]*小雨[\s\S]*没做成不计次数/);
  });

  it('also if other words say that nothing came of it', async () => {
    const cards = await w.says('陈志远', '11月17日跟小杰谈了，小雨那边落空，她请假');
    expect(cards).toHaveLength(1);
    expect(words(cards[0])).toMatch(/小杰[\s\S]*小雨[\s\S]*没做成不计次数/);
  });

  it.each([
    ['路塌了，昨天去不了万佑听课', '遇到什么困难'],
    ['家里有事，明天去不了万佑听课了', '遇到什么困难'],
  ])('%s leaves no record', async (text, answer) => {
    const before = (await made()).length;
    const [card] = await w.says('陈志远', text);
    expect(words(card)).toContain(answer);
    expect((await made()).length).toBe(before);
    if ((await open()).length > 0) await w.clicks('陈志远', '不是');
  });

  it('what waits for a tap stands under what was recorded, and 记录 adds it to the same card', async () => {
    const before = (await made()).length;
    const cards = await w.says('陈志远', BOTH);
    expect(cards).toHaveLength(1);
    expect(words(cards[0])).toMatch(/^已记录 2 项\n1 条待确认\n[\s\S]*是这样吗？[\s\S]*小雨[\s\S]*这条还没有记录/);
    expect((await made()).length).toBe(before + 2);
    await w.clicks('陈志远', '记录');
    expect((await made()).length).toBe(before + 3);
    const card = w.inbox('陈志远').at(-1);
    expect(words(card)).toMatch(/^已记录 3 项\n/);
    expect(words(card)).not.toContain('是这样吗');
    expect(await open()).toEqual([]);
  });

  it('不是 leaves what was recorded', async () => {
    await w.says('陈志远', BOTH.replace('周一', '11月10日').replace('周三', '11月11日'));
    expect((await open()).length).toBe(1);
    await w.clicks('陈志远', '不是');
    const card = words(w.inbox('陈志远').at(-1));
    expect(card).toMatch(/^已记录 2 项/);
    expect(card).not.toContain('是这样吗');
    expect(await open()).toEqual([]);
  });

  it('a no in words takes the question off that card', async () => {
    await w.says('陈志远', BOTH.replace('周一', '10月27日').replace('周三', '10月28日'));
    expect((await open()).length).toBe(1);
    await w.advance({ minutes: 1 });
    await w.says('陈志远', '不是');
    await w.advance({ seconds: 5 });
    expect(await open()).toEqual([]);
    const asking = w.inbox('陈志远').filter((message) => words(message).includes('是这样吗'));
    expect(asking).toEqual([]);
  });

  it('不记了 on a question beside a record does not show the record again', async () => {
    await w.says('陈志远', '上周给小杰家打过电话，哪天忘了；昨天和小雨谈话一次');
    const done = await w.clicks('陈志远', '不记了');
    expect(JSON.stringify(done.card)).not.toContain('已记录');
    expect(await open()).toEqual([]);
  });

  it('撤回 takes back all of it', async () => {
    await w.says('陈志远', BOTH.replace('周一', '10月20日').replace('周三', '10月21日'));
    expect((await open()).length).toBe(1);
    await w.advance({ minutes: 1 });
    const cards = await w.says('陈志远', '撤回');
    expect(words(cards[0])).toMatch(/^已撤回/);
    expect(await open()).toEqual([]);
  });

  it('第3条 is the line that waits under two records', async () => {
    const before = (await made()).length;
    await w.says('陈志远', BOTH.replace('周一', '11月3日').replace('周三', '11月4日'));
    expect((await open()).length).toBe(1);
    const cards = await w.says('陈志远', '第3条删掉');
    expect(await open()).toEqual([]);
    expect((await made()).length).toBe(before + 2);
    expect(words(cards[0])).toMatch(/^已记录 2 项/);
  });
});
