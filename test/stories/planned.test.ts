import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobs, runnable } from '../../src/jobs/index.ts';
import { delivered, lessonsProgramme, unhurried } from '../support/lessons.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const TEACHERS = ['吴一', '吴二', '吴三', '吴四', '吴五', '吴六', '吴七', '吴八', '吴九', '吴十'];
/** Each goes to another school, except 吴一 and 吴五: two reports of one date and place may be one occasion. */
const PLACES = ['乙校', '丙校', '丁校', '戊校', '乙校', '己校', '庚校', '辛校', '壬校', '癸校'];
const programme = {
  ...lessonsProgramme(TEACHERS),
  schools: ['甲校', ...new Set(PLACES)].map((name) => ({ name, kind: 'middle' })),
};

describe.each(backends)('plans are asked about the day after, on %s', (backend) => {
  let w: World;
  const ledger = async (name: string) => {
    const rows = await w.app.ctx.db
      .selectFrom('activity')
      .innerJoin('member', 'member.person_id', 'activity.reporter_id')
      .select(['activity.status', 'activity.date', 'activity.body'])
      .orderBy('activity.id')
      .where('member.open_id', '=', w.openId(name))
      .execute();
    return rows.map((r) => {
      const { lessons, reason } = JSON.parse(r.body) as { lessons?: number; reason?: string };
      return [r.status, r.date, lessons, reason].filter((x) => x !== undefined).join(' ');
    });
  };
  const shown = (name: string, title: string) =>
    w
      .inbox(name)
      .map(words)
      .filter((text) => text.startsWith(title));
  const card = (name: string) => words(w.inbox(name).at(-1));
  const to = async (local: string) => {
    const at = Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Shanghai').epochMilliseconds;
    await w.move({ seconds: (at - w.now()) / 1_000 });
  };
  const morning = async (date: string) => {
    await to(`${date}T09:10`);
    await w.advance({});
  };

  beforeAll(async () => {
    w = await world({ backend, at: '2026-11-19T08:50', programme, overrides: unhurried });
    await w.advance({ minutes: 20 });
    for (const [i, name] of TEACHERS.entries()) {
      const what = name === '吴二' ? '两节七年级语文' : name === '吴十' ? '一节七年级语文' : '课';
      await w.says(name, `明天去${PLACES[i]}上${what}`);
    }
    await w.says('吴九', '一周后再提醒');
    await w.says('周联络', '请假 吴七 11-20至11-24 原因 生病');
    await w.clicks('周联络', '确认');
    await morning('2026-11-20');
    await w.says('吴五', '今天到乙校上了一节七年级语文');
    await w.says('吴六', '撤回');
    await morning('2026-11-22');
    expect((await delivered(w)).吴一).toEqual(['11-19 check-in overdue']);
    // Monday: planned, but not queued before 吴十 has reported unprompted.
    await to('2026-11-23T09:07');
    const at = w.now();
    const asked = (await Array.fromAsync(runnable['planned-activity']!.preview!(w.app.ctx, at))).toSorted();
    expect(asked).toEqual(
      ['吴一', '吴二', '吴三', '吴四', '吴八', '吴十']
        .toSorted()
        .map((n) => `2026-11-23T09:07\t甲校\t${n}\t计划做了吗`),
    );
    await jobs.morning!.run({ ...w.app.ctx, deliver: async () => {} }, at);
    await w.sandbox.says(w.openId('吴十'), '上周五到癸校上了一节七年级语文');
    expect(await ledger('吴十')).toHaveLength(2);
    await w.advance({ minutes: 3 });
  });
  afterAll(() => w.close());

  it('on the first working day after it; not if done, reported or withdrawn in the meantime, nor on leave', async () => {
    const reminders = await delivered(w);
    expect(TEACHERS.filter((name) => reminders[name]?.includes('11-23 planned-activity'))).toEqual([
      '吴一',
      '吴二',
      '吴三',
      '吴四',
      '吴八',
    ]);
    expect(card('吴二')).toContain('11月20日 周五 · 丙校');
    const dropped = await w.app.ctx.db
      .selectFrom('notice')
      .select('reason')
      .where('recipient', '=', w.openId('吴十'))
      .where('state', '=', 'dropped')
      .execute();
    expect(dropped).toEqual([{ reason: 'done' }]);
  });

  it('one tap makes it done, and a second changes nothing', async () => {
    const asked = w.inbox('吴二').at(-1)!;
    const value = JSON.parse(/\{"action":"planned_done"[^}]*\}/.exec(JSON.stringify(asked.card))![0]);
    const first = await w.clicks('吴二', '做了');
    expect(first.toast?.content).toBe('已记录');
    expect(JSON.stringify(first.card)).not.toContain('"做了"');
    expect(await ledger('吴二')).toEqual(['done 2026-11-20 2']);
    // The card as another device still shows it.
    const operator = { open_id: w.openId('吴二') };
    const context = { open_message_id: asked.messageId, open_chat_id: asked.chatId };
    const again = { operator, context, token: 'c-again', host: 'im_message', action: { tag: 'button', value } };
    const { attempts } = await w.sandbox.push(again, { eventType: 'card.action.trigger' });
    expect(attempts.at(-1)!.body).toContain('已记录');
    const changes = await w.app.ctx.db
      .selectFrom('activity_change')
      .select('what')
      .where('activity_id', '=', value.activity)
      .orderBy('version')
      .execute();
    expect(changes.map((c) => c.what)).toEqual(['recorded', 'edited']);
  });

  it('only missing fields are asked for; a colleague’s report of that day asks nothing', async () => {
    const form = await w.clicks('吴一', '做了');
    expect(words({ card: form.card } as never)).toContain('请补充：节数');
    expect(await ledger('吴一')).toEqual(['planned 2026-11-20']);
    const wrong = await w.clicks('吴一', '提交', { lessons: '0' });
    expect(wrong.toast?.type).toBe('error');
    await w.clicks('吴一', '提交', { lessons: '2' });
    expect(await ledger('吴一')).toEqual(['done 2026-11-20 2']);
  });

  it('a new day is asked about in its turn, and a past day is not accepted', async () => {
    await w.clicks('吴三', '改期');
    expect((await w.clicks('吴三', '保存', { date: '2026-11-20' })).toast?.type).toBe('error');
    await w.clicks('吴三', '保存', { date: '2026-11-25' });
    expect(await ledger('吴三')).toEqual(['planned 2026-11-25']);
    expect(card('吴三')).toContain('改到 11月25日 周三');
  });

  it('a failed plan is an attempt with its reason', async () => {
    await w.clicks('吴四', '没做成');
    await w.clicks('吴四', '发送', { reason: '路上塌方' });
    expect(await ledger('吴四')).toEqual(['attempted 2026-11-20 路上塌方']);
    expect(card('吴四')).toContain('已记为没做成');
  });

  it('words answer as well as buttons', async () => {
    expect(await w.says('吴八', '收到')).toEqual([]);
    for (const unclear of ['去了再说', '去了别的学校', '推迟了']) {
      expect(words((await w.says('吴八', unclear))[0])).toContain('计划的事，做了吗？');
      expect(await ledger('吴八')).toEqual(['planned 2026-11-20']);
    }
    const [answer] = await w.says('吴八', '去了，上了两节');
    expect(words(answer)).toContain('已记录');
    expect(await ledger('吴八')).toEqual(['done 2026-11-20 2']);
  });

  it('the cards that noted and asked show the outcome, even if it was withdrawn', async () => {
    await w.advance({ seconds: 2 });
    // The card that noted the plan shows what it counts for.
    expect(shown('吴二', '送教上课 2/2节 · 已达到').at(0)).toContain('已记录');
    for (const name of ['吴一', '吴二', '吴八'])
      expect(shown(name, '计划的事，做了吗？').at(0)).toMatch(/11月20日 周五 · .校 · .*已记录/);
    await w.says('吴二', '撤回');
    await w.advance({ seconds: 2 });
    expect(shown('吴二', '计划的事，做了吗？').at(0)).toContain('11月20日 周五 · 丙校 · 七年级语文 · 2节 · 已撤回');
  });

  it('people who were away or had paused reminders are asked afterwards, once, on the one card of the day', async () => {
    await morning('2026-11-25');
    await w.says('吴七', '没去成，我还在医院');
    expect(await ledger('吴七')).toEqual(['attempted 2026-11-20 我还在医院']);
    await w.says('吴三', '今天下午去丁校听课');
    await morning('2026-11-26');
    // Two plans, and words that fit both: asks again, with buttons.
    expect(words((await w.says('吴三', '去了'))[0])).toContain('计划的事，做了吗？');
    expect(words((await w.says('吴三', '听了两节，都评了'))[0])).toContain('已记录');
    const [again] = await w.says('吴三', '改到下周二');
    expect(words(again)).toContain('已记为计划');
    expect(await ledger('吴三')).toEqual(['planned 2026-12-01', 'done 2026-11-25 2']);
    await morning('2026-11-27');
    const reminders = await delivered(w);
    const since = (name: string) => reminders[name]!.filter((line) => line >= '11-23');
    expect(since('吴三')).toEqual(['11-23 planned-activity', '11-26 overdue planned-activity']);
    expect(since('吴七')).toEqual(['11-25 planned-activity', '11-26 overdue']);
    expect(since('吴九')).toEqual(['11-26 overdue planned-activity']);
    expect(since('吴二')).toEqual(['11-23 planned-activity', '11-26 overdue']);
    for (const name of ['吴一', '吴八']) expect(since(name)).toEqual(['11-23 planned-activity']);
    expect([reminders.吴五, reminders.吴六]).toEqual([
      ['11-19 check-in overdue'],
      ['11-19 check-in overdue', '11-26 overdue'],
    ]);
  });

  it('the coordinator sees who has tried, and why it failed', async () => {
    await morning('2026-11-30');
    const digest = w
      .inbox('周联络')
      .map(words)
      .findLast((text) => text.includes('人落后'))!;
    expect(digest).toMatch(/吴四[^吴]*试过没成 \S*路上塌方/);
    expect(digest).toMatch(/吴七[^吴]*试过没成 \S*我还在医院/);
    expect(digest).toMatch(/吴六[^吴]*没有消息/);
  });
});
