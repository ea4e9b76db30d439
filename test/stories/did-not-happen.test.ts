import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsMade } from '../support/recorded.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(backends)('activities that did not take place (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
    await w.advance({ seconds: 1 });
  });
  afterAll(() => w.close());
  const records = () => recordsMade<{ reason?: string }>(w);

  it('turns the record shown last into an attempt, and adds none', async () => {
    await w.says('陈志远', '今天找小杰谈了话');
    const [answer] = await w.says('陈志远', '没谈成');
    expect(words(answer)).toContain('已记为没做成');
    expect(await records()).toMatchObject([{ kind: 'talk', status: 'attempted', reason: '没谈成' }]);
    const [recordsCard] = await w.says('陈志远', '我的记录');
    expect(words(recordsCard)).toContain('没做成');
  });

  it('finds the record by the pupil named', async () => {
    await w.says('陈志远', '今天分别找小雨和小杰谈了学习方法');
    const before = (await records()).length;
    await w.says('陈志远', '小杰没来，没谈成');
    expect(await records()).toHaveLength(before);
  });

  it('asks which, if two fit', async () => {
    await w.says('周丽华', '昨天、今天到万佑各上了一节语文');
    const before = await records();
    const [asked] = await w.says('周丽华', '没上成');
    expect(words(asked)).toContain('哪一项没做成');
    expect(await records()).toEqual(before);
    await w.clicks('周丽华', '没做成');
    expect((await records()).filter((a) => a.status === 'attempted')).toHaveLength(
      before.filter((a) => a.status === 'attempted').length + 1,
    );
  });

  it('leaves records of another day or kind alone', async () => {
    await w.says('陈志远', '昨天到小雨家走访');
    const before = await records();
    for (const text of ['今天的课取消了', '今天的会取消了', '照片发错了，删掉']) await w.says('陈志远', text);
    expect(await records()).toEqual(before);
    await w.says('陈志远', '谈话的那条撤回');
    expect((await records()).filter((a) => a.kind === 'home_visit')).toEqual(
      before.filter((a) => a.kind === 'home_visit'),
    );
  });

  it('records nothing that was never begun, and shows no withdrawal', async () => {
    const before = await records();
    for (const text of ['学法指导还没做，太忙了', '小雨家太远，没法家访，怎么办', '昨天没听课']) {
      const [answer] = await w.says('赵思敏', text);
      expect(words(answer)).not.toContain('已撤回');
      expect(words(answer)).toMatch(/没有记录|没有改动|还没有记录|遇到什么困难/);
    }
    expect(await records()).toEqual(before);
  });
});
