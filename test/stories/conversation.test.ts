import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type World, words, world } from '../support/world.ts';

describe('a conversation about what was done', () => {
  let w: World;
  beforeAll(async () => {
    w = await world();
  });
  afterAll(() => w.close());
  const reported = async () => {
    const rows = await w.core.ctx.db
      .selectFrom('activity')
      .select('body')
      .where('cause', 'is not', null)
      .orderBy('id')
      .execute();
    return rows.map(
      (r) => JSON.parse(r.body) as { kind: string; date: string; status: string; lessons?: number; pupilIds: string[] },
    );
  };
  const last = async () => (await reported()).at(-1)!;

  it('asks only for what is missing and takes the answer in words', async () => {
    const [question] = await w.says('陈志远', '这周给小杰和小雨家里都打了电话');
    expect(words(question)).toContain('请补充：日期');
    expect(await reported()).toHaveLength(0);
    const [answer] = await w.says('陈志远', '是昨天');
    expect(words(answer)).toContain('已记录');
    expect(await last()).toMatchObject({ kind: 'home_visit', date: '2026-11-19', mode: 'phone' });
    expect((await last()).pupilIds).toHaveLength(2);
  });

  it('takes the answer by form as well, prefilled from the message', async () => {
    await w.says('周丽华', '这周给小岩家里打了电话');
    const result = await w.clicks('周丽华', '提交', { date: '2026-11-17' });
    expect(result.toast?.type).not.toBe('error');
    expect(words(w.inbox('周丽华').at(-1))).toContain('已记录');
    expect(await last()).toMatchObject({ kind: 'home_visit', date: '2026-11-17' });
  });

  it('corrects the last record in words and redraws its card', async () => {
    const [card] = await w.says('李晓梅', '昨天到万佑上了两节八年级数学');
    const [corrected] = await w.says('李晓梅', '把上条的两节改成三节');
    expect(words(corrected)).toContain('3节');
    expect(await last()).toMatchObject({ lessons: 3, date: '2026-11-19' });
    await w.advance({ seconds: 2 });
    expect(words(w.sandbox.message(card!.messageId))).toContain('3节');
    await w.says('李晓梅', '不是昨天，是前天');
    expect(await last()).toMatchObject({ lessons: 3, date: '2026-11-18' });
    await w.says('李晓梅', '撤回上一条');
    expect(await last()).toMatchObject({ status: 'withdrawn' });
  });

  it('corrects that one of two records which has the wrong value', async () => {
    await w.says('陈志远', '上周一和小杰谈了一次，又给小雨家打了电话');
    const two = async () => (await reported()).slice(-2).toSorted((a, b) => (a.kind < b.kind ? 1 : -1));
    const [talk, visit] = await two();
    const [corrected] = await w.says('陈志远', '不是小雨，是小杰');
    expect(words(corrected)).toContain('家访');
    expect(await two()).toMatchObject([talk!, { ...visit!, pupilIds: talk!.pupilIds }]);
    const [refused] = await w.says('陈志远', '不是小雨，是小杰');
    expect(words(refused)).not.toContain('已记录');
    await w.says('陈志远', '撤回上一条');
  });

  it('answers a question from the ledger', async () => {
    const [answer] = await w.says('陈志远', '还差几次听课');
    expect(words(answer)).toContain('1/2次');
  });

  it('records two things of one message and shows them in one card', async () => {
    const before = (await reported()).length;
    const answers = await w.says('赵思敏', '周二到万佑上了一节语文，下午还听了两节课都评了');
    expect(answers).toHaveLength(1);
    expect(words(answers[0])).toContain('已记录 2 项');
    expect(await reported()).toHaveLength(before + 2);
  });

  it('distributes a count over several days', async () => {
    await w.says('周丽华', '9月15日和17日到民族中学听课4节');
    const two = (await reported()).filter((a) => a.date.startsWith('2026-09-1') && a.kind === 'observe');
    expect(two).toMatchObject([
      { date: '2026-09-15', lessons: 2, times: 1 },
      { date: '2026-09-17', lessons: 2, times: 1 },
    ]);
  });

  it('records a colleague’s report of the same trip at once, and asks about the writer’s own repeated report', async () => {
    const before = (await reported()).length;
    const [other] = await w.says('陈志远', '周二到万佑上了一节语文');
    expect(words(other)).toContain('赵思敏');
    expect(words(other)).toContain('是同一次活动');
    expect(await reported()).toHaveLength(before + 1);
    const [again] = await w.says('陈志远', '周二到万佑上了一节语文');
    expect(words(again)).toContain('刚才已记过');
    expect(await reported()).toHaveLength(before + 1);
    await w.clicks('陈志远', '不用记');
    expect(await reported()).toHaveLength(before + 1);
  });

  it('keeps plans and failed attempts without counting them', async () => {
    const [before] = await w.says('陈志远', '还差几次送教');
    const [planned] = await w.says('陈志远', '明天下午去万佑上一节示范课');
    expect(words(planned)).toContain('已记为计划');
    expect(await last()).toMatchObject({ kind: 'demo_lesson', status: 'planned', date: '2026-11-21' });
    const [tried] = await w.says('陈志远', '昨天去小杰家家访，家里没人');
    expect(words(tried)).toContain('已记为没做成');
    const [after] = await w.says('陈志远', '还差几次送教');
    expect(words(after)).toBe(words(before));
  });

  it('answers a clumsy report with one helpful card, and thanks with none', async () => {
    expect(await w.says('陈志远', '谢谢')).toHaveLength(0);
    expect(await w.says('陈志远', '收到，辛苦了')).toHaveLength(0);
  });

  it('answers in a group only when mentioned, and names no pupil there', async () => {
    const chatId = await w.sandbox.makesGroup(
      '结对群',
      ['陈志远', '李晓梅'].map((n) => w.openId(n)),
    );
    await w.sandbox.says(w.openId('陈志远'), '昨天和小杰谈话了', { chat: chatId, mentionBot: false });
    await w.quiet();
    expect(w.sandbox.messages(chatId).filter((m) => m.from === 'bot')).toHaveLength(0);
    await w.sandbox.says(w.openId('陈志远'), '昨天和小杰谈话了', { chat: chatId });
    await w.quiet();
    const answers = w.sandbox.messages(chatId).filter((m) => m.msgType === 'interactive');
    expect(answers).toHaveLength(1);
    expect(words(answers[0])).toContain('1 名学生');
    expect(words(answers[0])).not.toContain('小杰');

    // Only the sender is asked for missing fields: the form names pupils.
    const before = w.inbox('陈志远').length;
    await w.sandbox.says(w.openId('陈志远'), '上周跟小雨谈话了', { chat: chatId });
    await w.quiet();
    const [, inGroup] = w.sandbox.messages(chatId).filter((m) => m.msgType === 'interactive');
    expect(words(inGroup)).toContain('已私聊问您');
    expect(JSON.stringify(w.sandbox.messages(chatId).filter((m) => m.from === 'bot'))).not.toMatch(/小雨|小杰/);
    expect(w.inbox('陈志远').slice(before).map(words).join()).toContain('小雨');
    await w.clicks('陈志远', '提交', { date: '2026-11-12' });
    expect(words(w.inbox('陈志远').at(-1))).toContain('已记录');
  });
});
