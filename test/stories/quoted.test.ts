import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { told as toldIn } from '../support/told.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(backends)('a correction or withdrawal is about the message that it quotes (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
    await w.advance({ seconds: 1 });
  });
  afterAll(() => w.close());
  const told = () => toldIn<{ lessons?: number }>(w);

  it('not about the newest record', async () => {
    const [lesson] = await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    await w.says('陈志远', '前天跟小杰谈了话');
    await w.says('陈志远', '改成两节', { parentId: lesson!.messageId });
    expect(await told()).toMatchObject([
      { kind: 'demo_lesson', lessons: 2 },
      { kind: 'talk', status: 'done' },
    ]);
    await w.says('陈志远', '撤回', { parentId: lesson!.messageId });
    expect(await told()).toMatchObject([
      { kind: 'demo_lesson', status: 'withdrawn' },
      { kind: 'talk', status: 'done' },
    ]);
  });

  it("never reaches one's own newest record through a colleague's card", async () => {
    const [theirs] = await w.says('周丽华', '昨天给小岩家打了电话家访');
    const before = await told();
    const [answer] = await w.says('陈志远', '撤回', { parentId: theirs!.messageId });
    expect(words(answer)).not.toContain('已撤回');
    expect(await told()).toEqual(before);
  });

  it('and words after an open question that are no answer record nothing', async () => {
    const before = await told();
    const [asked] = await w.says('周丽华', '这周给小岩家里打了电话');
    expect(words(asked)).toContain('请补充');
    for (const text of ['今天天气不好', '他们学校昨天停电', '上周三请假了', '先不报了，周四再说', '周四记得交教案'])
      await w.says('周丽华', text);
    expect(await told()).toEqual(before);
    await w.says('周丽华', '就是周三吧');
    expect(await told()).toHaveLength(before.length + 1);
  });
});
