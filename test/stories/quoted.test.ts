import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activity } from '../../src/plan/activity.ts';
import { recordsMade } from '../support/recorded.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(backends)('a correction or withdrawal is about the message that it quotes (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
    await w.advance({ seconds: 1 });
  });
  afterAll(() => w.close());
  const records = () =>
    recordsMade<Pick<Activity, 'lessons' | 'date' | 'pupilIds' | 'byId'> & { reporterId: string }>(w);

  it('not about the newest record', async () => {
    const [lesson] = await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    await w.says('陈志远', '前天跟小杰谈了话');
    await w.says('陈志远', '改成两节', { parentId: lesson!.messageId });
    expect(await records()).toMatchObject([
      { kind: 'demo_lesson', lessons: 2 },
      { kind: 'talk', status: 'done' },
    ]);
    await w.says('陈志远', '撤回', { parentId: lesson!.messageId });
    expect(await records()).toMatchObject([
      { kind: 'demo_lesson', status: 'withdrawn' },
      { kind: 'talk', status: 'done' },
    ]);
  });

  it("never reaches one's own newest record through a colleague's card", async () => {
    const [colleagueCard] = await w.says('周丽华', '昨天给小岩家打了电话家访');
    const before = await records();
    const [answer] = await w.says('陈志远', '撤回', { parentId: colleagueCard!.messageId });
    expect(words(answer)).not.toContain('已撤回');
    expect(await records()).toEqual(before);
  });

  it('and words after an open question that are not an answer record nothing', async () => {
    const before = await records();
    const [asked] = await w.says('周丽华', '这周给小岩家里打了电话');
    expect(words(asked)).toContain('请补充');
    for (const text of ['今天天气不好', '他们学校昨天停电', '上周三请假了', '先不报了，周四再说', '周四记得交教案'])
      await w.says('周丽华', text);
    expect(await records()).toEqual(before);
    await w.says('周丽华', '就是周三吧');
    expect(await records()).toHaveLength(before.length + 1);
  });

  describe('without a quote it is about what it names, else the record shown last', () => {
    const talks = async () =>
      (await records())
        .filter((a) => a.kind === 'talk')
        .slice(-2)
        .toSorted((a, b) => (a.date < b.date ? -1 : 1));

    it('a day and kind identify the record; 撤回 afterwards withdraws only that one, and 恢复 restores it', async () => {
      await w.move({ minutes: 1 });
      await w.says('陈志远', '昨天和小杰谈话，周二也和小雨谈了话');
      await w.move({ minutes: 1 });
      const [mended] = await w.says('陈志远', '写错了，周二谈话的是小杰');
      expect(words(mended)).toContain('11月17日');
      expect((await talks()).map((a) => [a.date, a.pupilIds.length])).toEqual([
        ['2026-11-17', 1],
        ['2026-11-19', 1],
      ]);
      const [[first], [second]] = (await talks()).map((a) => a.pupilIds) as [string[], string[]];
      expect(first).toBe(second);
      await w.move({ minutes: 1 });
      await w.says('陈志远', '撤回');
      expect((await talks()).map((a) => a.status)).toEqual(['withdrawn', 'done']);
      await w.move({ minutes: 1 });
      await w.says('陈志远', '恢复');
      expect((await talks()).map((a) => a.status)).toEqual(['done', 'done']);
      const [taken] = await w.says('陈志远', '撤回', { parentId: mended!.messageId });
      expect(words(taken)).toContain('11月17日');
      expect((await talks()).map((a) => a.status)).toEqual(['withdrawn', 'done']);
    });

    it('a kind finds the newest record of that kind', async () => {
      await w.move({ minutes: 1 });
      await w.says('陈志远', '今天听了周丽华一节语文课');
      await w.move({ minutes: 1 });
      const [mended] = await w.says('陈志远', '不是我，是周丽华谈的话');
      expect(words(mended)).toMatch(/已修改.*谈话.*周丽华/s);
      const [talk] = (await records()).filter((a) => a.kind === 'talk' && a.date === '2026-11-19').slice(-1);
      expect(talk!.byId).not.toBe(talk!.reporterId);
      const observed = (await records()).filter((a) => a.kind === 'observe').at(-1)!;
      expect(observed.byId).toBe(observed.reporterId);
    });

    it('a field that a kind of record lacks is refused by name', async () => {
      const before = await records();
      const [answer] = await w.says('陈志远', '谈话改成两次');
      expect(words(answer)).toContain('谈话的记录没有「次数」这一项');
      expect(await records()).toEqual(before);
    });

    it('a plan is moved and withdrawn in words before its day', async () => {
      const plan = async () => {
        const { date, status } = (await records()).filter((a) => a.kind === 'observe').at(-1)!;
        return [date, status];
      };
      await w.move({ minutes: 1 });
      await w.says('陈志远', '下周二去万佑听课');
      expect(await plan()).toEqual(['2026-11-24', 'planned']);
      await w.move({ minutes: 1 });
      await w.says('陈志远', '推迟到下周五吧');
      expect(await plan()).toEqual(['2026-11-27', 'planned']);
      await w.move({ minutes: 1 });
      await w.says('陈志远', '不去了');
      expect(await plan()).toEqual(['2026-11-27', 'withdrawn']);
    });
  });
});
