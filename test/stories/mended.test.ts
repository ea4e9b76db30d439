import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

describe.each(backends)('a record is corrected in words (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
    await w.advance({ seconds: 1 });
  });
  afterAll(() => w.close());
  const last = async (kind: string) => {
    const rows = await w.core.ctx.db
      .selectFrom('activity')
      .select('body')
      .where('cause', 'is not', null)
      .orderBy('recorded_at', 'desc')
      .execute();
    const all = rows.map(
      (row) => JSON.parse(row.body) as { kind: string; byId: string; participantIds: string[]; pupilIds: string[] },
    );
    return all.find((a) => a.kind === kind)!;
  };
  const id = async (name: string) => {
    const people = w.core.ctx.db.selectFrom('roster').select('id').where('kind', '=', 'person');
    return (await people.where('name', 'like', `%${name}`).executeTakeFirstOrThrow()).id;
  };

  it('somebody who was there too is added', async () => {
    await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    await w.says('陈志远', '加上周丽华她也去了');
    expect((await last('demo_lesson')).participantIds).toEqual([await id('周丽华')]);
  });

  it('the observed teacher is replaced, not the observer', async () => {
    await w.says('陈志远', '今天听了周丽华一节语文课');
    const before = await last('observe');
    await w.says('陈志远', '不是周丽华，是赵思敏');
    expect(await last('observe')).toMatchObject({ byId: before.byId, participantIds: [await id('赵思敏')] });
  });

  it('a home visit gets no grade', async () => {
    await w.says('陈志远', '昨天家访了小杰');
    const [answer] = await w.says('陈志远', '刚才说错了，是八年级');
    expect(words(answer)).toContain('没有改动');
    expect(await last('home_visit')).not.toHaveProperty('grade');
  });

  it('a coordinator corrects what she reported for a mentor, choosing from the mentor’s pupils', async () => {
    await w.says('杨一帆', '代报 周丽华 昨天和小岩谈话一次');
    await w.clicks('杨一帆', '修改');
    const form = JSON.stringify(w.inbox('杨一帆').at(-1)?.card);
    expect(form).toContain('小岩');
    expect(form).not.toMatch(/小杰|小雨/);
    const { pupilIds, byId } = await last('talk');
    expect(byId).toBe(await id('周丽华'));
    await w.clicks('杨一帆', '保存', { date: '2026-11-18', pupils: pupilIds, topic: '作业' });
    expect(await last('talk')).toMatchObject({ date: '2026-11-18', pupilIds, topic: '作业', byId });
  });
});
