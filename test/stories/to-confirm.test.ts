import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reading } from '../../src/reading/types.ts';
import { insertDraft } from '../../src/store/drafts.ts';
import { transact } from '../../src/store/transaction.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const LESSON = { kind: 'demo_lesson', status: 'done', act: 'confirm', date: '2026-11-19', times: 1, lessons: 1 };

describe.each(backends)('an unsure reading waits for a tap (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend });
    await w.advance({ seconds: 1 });
  });
  afterAll(() => w.close());
  const records = async () => {
    const rows = await w.core.ctx.db.selectFrom('activity').select('body').where('cause', 'is not', null).execute();
    return rows.map((row) => JSON.parse(row.body) as { kind: string; status: string; lessons?: number });
  };
  let messages = 0;
  /** As the unsure readings of one message would leave them. */
  const draft = async (name: string, ...readings: object[]) => {
    const { ctx } = w.core;
    messages += 1;
    const member = await ctx.db
      .selectFrom('member')
      .selectAll()
      .where('open_id', '=', w.openId(name))
      .executeTakeFirstOrThrow();
    for (const reading of readings)
      await transact(ctx.db, (trx) =>
        insertDraft(trx, {
          id: ctx.newId(),
          programmeId: member.programme_id,
          personId: member.person_id,
          state: 'open',
          createdAt: ctx.now(),
          cause: `message:${w.openId(name)}${messages}`,
          reading: reading as Reading,
        }),
      );
  };

  it('对 records it, 不是 does not, and neither is a report by itself', async () => {
    await draft('陈志远', LESSON);
    await w.says('陈志远', '不是');
    expect(await records()).toEqual([]);
    await draft('陈志远', LESSON);
    const [card] = await w.says('陈志远', '嗯，对的');
    expect(words(card)).toContain('已记录');
    expect(await records()).toMatchObject([{ kind: 'demo_lesson', lessons: 1 }]);
  });

  it('a correction before the tap shows on the card, and only it is recorded', async () => {
    await w.advance({ minutes: 1 });
    await draft('陈志远', {
      kind: 'talk',
      status: 'done',
      act: 'confirm',
      date: '2026-11-20',
      times: 1,
      pupils: ['小杰'],
    });
    const [card] = await w.says('陈志远', '不是小杰，是小雨');
    expect(words(card)).toContain('小雨');
    expect(words(card)).not.toContain('小杰');
    await w.says('陈志远', '改成昨天');
    await w.says('陈志远', '对');
    const talks = (await records()).filter((a) => a.kind === 'talk') as { date?: string }[];
    expect(talks.map((a) => a.date)).toEqual(['2026-11-19']);
  });

  it('a near miss waits for a tap; a child in danger never gets a form alone', async () => {
    const before = (await records()).length;
    expect(words((await w.says('陈志远', '昨天差点去家访小杰'))[0])).toContain('是这样吗');
    const answers = await w.says('陈志远', '小雨说不想活了');
    expect(answers.map(words).join()).toContain('先顾孩子的安全');
    expect(await records()).toHaveLength(before);
  });

  it('an unsure plan is kept only once it is confirmed', async () => {
    await w.advance({ seconds: 5 });
    const before = (await records()).length;
    const long =
      '下周三上午我打算去万佑上一节七年级语文课，课题是《济南的冬天》，教案已经改过两遍了，板书也重新设计了一回，就是不知道那边的多媒体修好没有，粉笔和小黑板我自己带过去，车也约好了，七点从学校门口走。';
    expect(words((await w.says('陈志远', long))[0])).toContain('是这样吗');
    expect(await records()).toHaveLength(before);
    await w.clicks('陈志远', '记录');
    const after = await records();
    expect(after).toHaveLength(before + 1);
    expect(after.find((one) => one.status === 'planned')).toMatchObject({ kind: 'demo_lesson', date: '2026-11-25' });
  });

  it('撤回 closes the open question, not an older record', async () => {
    const before = (await records()).length;
    await w.advance({ seconds: 5 });
    await draft('陈志远', LESSON);
    const [answer] = await w.says('陈志远', '撤回');
    expect(words(answer)).toContain('没有改动');
    expect(await records()).toHaveLength(before);
  });

  it('is shown in 我的任务 and first in the next morning card, until it is recorded', async () => {
    await draft('周丽华', LESSON, { ...LESSON, kind: 'talk', pupils: ['小岩'] });
    expect(words((await w.says('周丽华', '我的任务'))[0])).toContain('2 条待确认');
    await w.advance({ days: 3 });
    expect(words(w.inbox('周丽华').at(-1))).toMatch(/^[^\n]*\n?2 条待确认|提醒\n[\s\S]{0,30}2 条待确认/);
    await w.clicks('周丽华', '2 条待确认 · 看看');
    await w.quiet();
    const card = w.inbox('周丽华').at(-1)!;
    expect(words(card)).toMatch(/是这样吗[\s\S]*小岩/);
    const before = (await records()).length;
    const done = await w.clicks('周丽华', '记录');
    expect(JSON.stringify(done.card)).toContain('已记录 2 项');
    expect(await records()).toHaveLength(before + 2);
    expect(words((await w.says('周丽华', '我的任务'))[0])).not.toContain('待确认');
  });

  it('is recorded or refused on the morning card itself, which keeps the rest', async () => {
    const visit = { ...LESSON, kind: 'home_visit', pupils: ['小岩'], mode: 'visit', date: '2026-11-23' };
    await draft('周丽华', visit, { ...LESSON, kind: 'study_guidance', pupils: ['小岩'] });
    const before = await records();
    await w.advance({ days: 1 });
    const morning = w.inbox('周丽华').at(-1)!;
    expect(words(morning)).toMatch(
      /2 条待确认[\s\S]*家访[\s\S]*11月23日[\s\S]*记录\n不是[\s\S]*学法指导[\s\S]*记录\n不是/,
    );
    const pressed = await w.clicks('周丽华', '记录');
    expect(pressed.toast?.content).toBe('已记录');
    const after = words({ card: pressed.card } as never);
    expect(after).toContain('1 条待确认');
    expect(after).not.toContain('11月23日');
    expect((await records()).slice(before.length).map((a) => a.kind)).toEqual(['home_visit']);
    await w.clicks('周丽华', '不是');
    expect(words((await w.says('周丽华', '我的任务'))[0])).not.toContain('待确认');
    expect(await records()).toHaveLength(before.length + 1);
  });
});
