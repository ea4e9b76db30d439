import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type World, words, world } from '../support/world.ts';
import { CASTS } from './plans/casts.ts';

const json = (card: unknown) => JSON.stringify(card);

describe('a coordinator looks things up', () => {
  let w: World;
  beforeAll(async () => {
    w = await world();
  });
  afterAll(() => w.close());
  const card = async (who: string, text: string) => json((await w.says(who, text))[0]?.card);
  const audit = () => w.core.ctx.db.selectFrom('audit').selectAll().orderBy('id').execute();

  it('逾期 lists late people; pupils are named only to the coordinator of their school, and logged', async () => {
    const overdue = await card('杨一帆', '逾期');
    expect(overdue).toContain('周丽华');
    expect(overdue).toContain('小岩');
    const seen = (await audit()).filter((a) => a.act === 'pupils');
    expect(seen.length).toBeGreaterThan(0);
    expect(json(seen)).not.toContain('小岩');
    // Mentors of the supporting school care for pupils at the other one: those names stay there.
    const other = await card('赵思敏', '逾期');
    expect(other).toContain('陈志远');
    expect(other).toMatch(/第 \d 名学生/);
    expect(other).not.toMatch(/小雨|小杰/);
    expect(await card('刘洪涛', '逾期')).not.toMatch(/小雨|小杰|小岩/);
  });

  it("a question about somebody's progress works only for people and schools", async () => {
    expect(await card('赵思敏', '陈志远还差什么')).toContain('任务明细');
    expect(await card('刘洪涛', '万佑的进度怎么样')).toContain('进度');
    expect(await card('陈志远', '小雨还差几次家访')).toContain('还差多少');
    expect(await card('赵思敏', '谁还没交总结')).toContain('云县民族中学 · 材料');
    expect(await card('刘洪涛', '各校进度')).toContain('周报');
    // A leader sees figures; only the coordinator sees who is late.
    expect(await card('王建业', '哪些老师落后了')).toMatch(/^(?!.*陈志远).*周报/);
    expect(await card('陈志远', '谁还没交总结')).toContain('没有这个权限');
  });

  it('duties for two pupils are two different lines to a reader who may not see names', async () => {
    const cast = CASTS['lagging-pupils']!.replace(
      'people:\n',
      'people:\n  - {name: 郑敏, school: 某中学, roles: [principal]}\n',
    );
    const school = await world({ programme: parse(cast) });
    const [list] = await school.says('郑敏', '周文还差什么');
    const pupils = [...words(list).matchAll(/联系家长\*\* · (第 \d 名学生)/g)].map((m) => m[1]);
    expect(pupils.slice(0, 2).sort()).toEqual(['第 1 名学生', '第 2 名学生']);
    expect(words(list)).not.toMatch(/小杰|小一/);
    await school.close();
  });

  it("学校名单 shows the reader's schools, those without a partner first", async () => {
    const all = words((await w.says('刘洪涛', '全县有哪些学校？'))[0]);
    expect(all).toContain('学校名单 · 共 2 条');
    expect(all).toMatch(/云县民族中学.*→ .*万佑/);
    expect(await card('陈志远', '学校名单')).toContain('没有这个权限');
    const cast = CASTS['city-county-2017']!.replace(
      'schools:\n',
      'schools:\n  - {name: 东区三中, kind: middle, district: 东区}\n  - {name: 县三中, kind: middle, district: 县}\n',
    );
    const district = await world({ programme: parse(cast) });
    const [list] = await district.says('区联', '哪些学校还没结对');
    expect(words(list)).toMatch(/学校名单[\s\S]*\*\*东区三中\*\* · 还没有结对\n[\s\S]*市一中/);
    expect(words(list)).not.toContain('县三中');
    await district.close();
  });

  it('催办 below the overdue list: one by one, then everybody else, each once in two days', async () => {
    const late = await card('刘洪涛', '催办');
    expect(late).toMatch(/"content":"逾期 · 共 \d+ 条"/);
    expect(late).toContain('"content":"催办 陈志远"');
    expect(late).toContain('"content":"催办 赵思敏"');
    expect(late).toContain('"content":"催办 周丽华"');
    const nudged = async () =>
      (await w.core.ctx.db.selectFrom('reminder').where('kind', '=', 'nudge').selectAll().execute()).length;
    expect(await nudged()).toBe(0);
    const after = await w.clicks('刘洪涛', '催办 陈志远');
    expect(after.toast?.content).toBe('已催办 1 人');
    expect(json(after.card)).toContain('已催：陈志远 11月20日 周五');
    expect(json(after.card)).not.toContain('催办 陈志远');
    expect(words(w.inbox('陈志远').at(-1))).toMatch(/刘洪涛 请您留意[\s\S]*到受援学校送教/);
    const toChen = await nudged();
    const all = await w.clicks('刘洪涛', '全部催办');
    expect(all.toast?.content).toBe('已催办 2 人');
    expect(json(all.card)).not.toContain('全部催办');
    for (const name of ['赵思敏', '周丽华']) expect(words(w.inbox(name).at(-1))).toContain('刘洪涛 请您留意');
    expect(await nudged()).toBeGreaterThan(toChen);
    // Only people of the coordinator's school; a forged button does not reach another.
    const overdue = await card('赵思敏', '逾期');
    expect(overdue).not.toMatch(/催办 (周丽华|赵思敏)/);
    await w.says('杨一帆', '逾期');
    const { messageId } = w.inbox('杨一帆').at(-1)!;
    const people = w.core.ctx.db.selectFrom('roster').select('id').where('kind', '=', 'person');
    const chen = await people.where('name', 'like', '%陈志远').executeTakeFirstOrThrow();
    const forged = await w.sandbox.push(
      {
        operator: { open_id: w.openId('杨一帆') },
        token: 'c-forged',
        action: { tag: 'button', value: { action: 'nudge', view: 'overdue', page: 1, person: chen.id } },
        host: 'im_message',
        context: { open_message_id: messageId, open_chat_id: 'oc_x' },
      },
      { eventType: 'card.action.trigger' },
    );
    expect(forged.attempts[0]!.body).toContain('没有这个权限');
    await w.quiet();
  });

  it('help has examples for each reader: reports for a leader, the own pupil for a mentor, no pupil in a group', async () => {
    expect(words((await w.says('王建业', '帮助'))[0])).toMatch(/- 周报\n- 昨天到民中|- 周报\n- 昨天到万佑/);
    expect(words((await w.says('王建业', '帮助'))[0])).not.toMatch(/小雨|小杰|小岩/);
    expect(words((await w.says('陈志远', '帮助'))[0])).toContain('- 周三家访了小杰');
    expect(words((await w.says('周丽华', '帮助'))[0])).toMatch(/- 昨天到民族中学听了两节课，都评了\n- 周三家访了小岩/);
    const chatId = await w.sandbox.makesGroup('教研群', [w.openId('陈志远')]);
    await w.sandbox.says(w.openId('陈志远'), '帮助', { chat: chatId });
    await w.quiet();
    expect(words(w.sandbox.messages(chatId).at(-1))).not.toMatch(/小雨|小杰|小岩/);
    expect(words((await w.says('陈志远', '帮助'))[0])).not.toMatch(/按您的职责|豁免/);
    expect(words((await w.says('王建业', '帮助'))[0])).not.toMatch(/催|豁免|待确认/);
    expect(words((await w.says('刘洪涛', '帮助'))[0])).toMatch(/催一下.*求助.*名册.*豁免/);
    expect(words((await w.says('刘洪涛', '帮助'))[0])).not.toContain('待确认');
    await w.sandbox.says(w.openId('陈志远'), '我的任务', { chat: chatId });
    await w.quiet();
    expect(words(w.sandbox.messages(chatId).at(-1))).toContain('已私聊发给您');
    expect(words(w.inbox('陈志远').at(-1))).toContain('小杰');
  });

  it('a head’s request to report is not a plan of the head', async () => {
    expect(words((await w.says('陈志远', '校长让我报一下上周的送教'))[0])).toContain('是要报送吗');
  });

  it('进度 opens by school, pairing and person', async () => {
    expect(await card('赵思敏', '进度')).toMatch(/\d+\/\d+/);
    expect(await card('赵思敏', '进度 民中')).toContain('云县民族中学');
    expect(await card('赵思敏', '进度 民中→万佑')).toContain('到受援学校送教');
    const person = await card('赵思敏', '进度 陈志远');
    expect(person).toContain('任务明细');
    expect(words((await w.says('赵思敏', '进度 周丽华'))[0])).toContain('没有这个权限');
    expect(words((await w.says('赵思敏', '进度 查无此人'))[0])).toContain('查无此人');
  });

  it("名册, 未绑定 and 打卡 cover the coordinator's own people", async () => {
    const roster = await card('杨一帆', '名册');
    expect(roster).toContain('周丽华');
    expect(roster).not.toContain('陈志远');
    expect(await card('杨一帆', '名册 学生')).toContain('小雨');
    expect(await card('刘洪涛', '名册')).toContain('陈志远');
    expect(await card('刘洪涛', '名册 学生')).not.toMatch(/小雨|小岩/);
    expect(await card('杨一帆', '未绑定')).toContain('没有内容');
    expect(await card('杨一帆', '打卡')).toContain('没有内容');
    expect(words((await w.says('陈志远', '名册'))[0])).toContain('赵思敏');
  });

  it('opens a number of the summary down to the activities', async () => {
    await w.says('陈志远', '昨天到万佑上了一节七年级语文');
    await w.says('王建业', '周报');
    const behind = json((await w.clicks('王建业', '看这一行', { row: 'yunxian-minzu/demo.term2' })).card);
    expect(behind).toContain('任务明细');
    expect(behind).toContain('云县民族中学→晓街乡万佑九年一贯制学校');
    const activities = json((await w.clicks('王建业', '活动记录')).card);
    expect(activities).toContain('陈志远');
    expect(activities).not.toMatch(/小雨|小杰/);
  });

  it('sends every list and the ledger as a file', async () => {
    const files = (who: string) => w.inbox(who).filter((m) => m.msgType === 'file');
    await w.says('杨一帆', '逾期');
    await w.clicks('杨一帆', '导出此表');
    await w.says('杨一帆', '导出台账');
    await expect.poll(() => files('杨一帆').length, { timeout: 20_000 }).toBe(2);
    expect((await audit()).filter((a) => a.act === 'export').length).toBe(2);
    expect(words((await w.says('陈志远', '导出'))[0])).toContain('没有这个权限');
    expect(files('陈志远')).toEqual([]);
  });

  it('sends a file only when Feishu may be called again', async () => {
    const files = () => w.inbox('杨一帆').filter((m) => m.msgType === 'file').length;
    const before = files();
    await w.app.ctx.pace.hold('send', 3_000);
    const begun = performance.now();
    await w.says('杨一帆', '导出台账');
    await expect.poll(files, { timeout: 20_000 }).toBe(before + 1);
    expect(performance.now() - begun).toBeGreaterThan(2_900);
  });

  it('shows nothing in a group, and a refusal only to the asker', async () => {
    const chatId = await w.sandbox.makesGroup('结对群', ['杨一帆', '陈志远'].map(w.openId));
    await w.sandbox.says(w.openId('杨一帆'), '逾期', { chat: chatId });
    await w.quiet();
    const cards = () => w.sandbox.messages(chatId).filter((m) => m.msgType === 'interactive');
    expect(cards()).toHaveLength(1);
    expect(words(cards()[0])).not.toMatch(/小岩|周丽华/);
    const before = w.inbox('陈志远').length;
    await w.sandbox.says(w.openId('陈志远'), '周报', { chat: chatId });
    await w.quiet();
    expect(cards()).toHaveLength(1);
    expect(words(w.inbox('陈志远').slice(before)[0])).toContain('没有这个权限');
  });

  it('催一下 with a school nudges the late people of that school', async () => {
    await w.move({ days: 3 });
    const nudges = (name: string) => w.inbox(name).filter((m) => words(m).includes('请您留意')).length;
    const before = { own: nudges('陈志远'), other: nudges('周丽华') };
    expect(await card('刘洪涛', '催一下民族中学')).toMatch(/民族中学.*已催办 \d+ 人/s);
    await w.quiet();
    expect({ own: nudges('陈志远'), other: nudges('周丽华') }).toEqual({ ...before, own: before.own + 1 });
    expect(await card('刘洪涛', '催一下不存在中学')).not.toContain('已催办');
  });

  it('催陈志远, 催一下所有人: as with the buttons; words without a name do not nudge', async () => {
    await w.move({ days: 3 });
    expect(await card('刘洪涛', '催陈志远')).toContain('已催办 1 人');
    expect(await card('刘洪涛', '催一下所有人')).toMatch(/已催办 \d+ 人/);
    expect((await card('刘洪涛', '催款通知明天发')) ?? '').not.toContain('催办');
  });
});
