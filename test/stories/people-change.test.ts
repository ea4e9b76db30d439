import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textsOf } from '../../src/cards/index.ts';
import { obligationsOn } from '../../src/store/recount.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const { reasons: zh } = textsOf('zh-CN');

/** 甲校 helps 乙校; all people are invented. */
const programme = {
  name: '人员变动',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '张三', school: '甲校' },
    { name: '王五', school: '甲校' },
    { name: '李联', school: '甲校', roles: ['coordinator'] },
    { name: '赵六', school: '乙校' },
    { name: '钱联', school: '乙校', roles: ['coordinator'] },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校', from: '2026-09-01' }],
  care: [
    { mentor: '张三', pupil: '小一' },
    { mentor: '张三', pupil: '小二' },
  ],
  plans: [{ use: 'yunxian-minzu' }, { use: 'care-pupils' }],
};

describe.each(backends)('personnel changes in the chat (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme });
  });
  afterAll(() => w.close());
  /** Cards escape hyphens. */
  const plain = (text: string) => text.replaceAll('&#45;', '-');
  const answerTo = async (name: string, text: string) => plain(words((await w.says(name, text)).at(-1)));
  const duties = async (requirement: string) => {
    const [row] = await w.core.ctx.db.selectFrom('programme').select('id').execute();
    const p = await w.core.ctx.programmeOf(w.core.ctx.db, row!.id);
    const people = new Map(p.people.map((x) => [x.id, x.name]));
    const found: string[] = [];
    for await (const page of obligationsOn(w.core.ctx.db, p, { start: '2026-11-20', end: '2027-01-22' }, '2026-11-20'))
      for (const { obligation: o } of page)
        if (o.requirement.id === requirement)
          found.push(
            `${o.subject.name} ${o.bearerIds.map((id) => people.get(id)).join()} ${o.period.start}${o.waived ? ` 免：${zh.excuses(o.waived.by)}` : ''}`,
          );
    return found.sort();
  };

  const confirmed = async (text: string) => {
    await w.says('李联', text);
    await w.clicks('李联', '确认');
    return plain(words(w.inbox('李联').at(-1)));
  };
  const last = (name: string) => plain(words(w.inbox(name).at(-1)));
  const stored = async () => {
    const rows = await w.core.ctx.db.selectFrom('obligation').selectAll().orderBy('id').execute();
    return rows.map((row) => JSON.stringify(row));
  };

  test('only a coordinator of the school may', async () => {
    expect(await answerTo('张三', '请假 王五 11-23至11-30')).toContain('没有这个权限');
    expect(await answerTo('钱联', '张三下周请假')).toContain('没有这个权限');
    expect(await answerTo('李联', '请假 孙某 11-23至11-30')).toContain('没有找到');
    expect(await answerTo('李联', '请假 张三')).toContain('请写明日期');
    expect(await answerTo('李联', '豁免 张三 家访')).toContain('请写明原因');
  });

  test('请假: a preview, and only 确认 excuses; the teacher is notified; 撤销 restores everything', async () => {
    const before = await stored();
    const preview = await answerTo('李联', '请假 张三 11-23至12-11 生病');
    expect(preview).toContain('张三 11月23日 周一 – 12月11日 周五请假（生病）');
    expect(preview).toMatch(/涉及任务：.*谈话.*将通知：张三/s);
    expect(await stored()).toEqual(before);
    expect(words(w.inbox('张三').at(-1))).not.toContain('生病');
    await w.clicks('李联', '确认');
    expect((await duties('talk.fortnight')).filter((d) => d.includes('免'))).toEqual([
      '小一 张三 2026-11-23 免：请假：生病',
      '小二 张三 2026-11-23 免：请假：生病',
    ]);
    expect(last('张三')).toMatch(/请假（生病）.*由 李联 登记/s);
    await w.clicks('李联', '撤销');
    expect(await stored()).toEqual(before);
    expect(last('张三')).toContain('安排已撤销');
    expect(await confirmed('请假 张三 11-23至12-11 生病')).toContain('已通知：张三');
    expect(await answerTo('李联', '请假 张三 11-23至12-11 生病')).toContain('没有改动');
  });

  test('a teacher’s own words reach the coordinator, who confirms or declines; the teacher sees which', async () => {
    expect(await answerTo('王五', '我下周请假三天，因为家里有事')).toContain('已转给联络员 李联');
    expect(last('李联')).toMatch(/王五 11月23日 周一 – 11月25日 周三请假（家里有事）.*王五 说/s);
    await w.clicks('李联', '确认');
    expect(last('王五')).toContain('已登记');
    await w.says('张三', '小一转学了');
    expect(last('李联')).toContain('小一的帮扶到');
    await w.clicks('李联', '不用');
    expect(last('张三')).toContain('没有同意');
    expect((await duties('guide.monthly')).some((d) => d.startsWith('小一'))).toBe(true);
  });

  test('换人 moves one pupil, then all; the new mentor gets their names', async () => {
    expect(await confirmed('小二12-14起改由王五带')).toContain('12月14日 周一起由 王五 接替 张三');
    expect(last('王五')).toContain('帮扶学生：小二');
    expect(last('张三')).toMatch(/起由 王五 接替 张三.*帮扶学生：小二/s);
    // December is one duty: until the 14th it belongs to the old mentor.
    expect((await duties('guide.monthly')).filter((d) => d.startsWith('小二'))).toEqual([
      '小二 张三 2026-11-01',
      '小二 张三 2026-12-01',
      '小二 王五 2027-01-01',
    ]);
    expect(await answerTo('李联', '换人 王五 -> 王五')).toContain('例如');
  });

  test('豁免 for a while, its reason asked if none is given; 取消豁免; 学生离开; 结束结对; 离任', async () => {
    expect(await answerTo('李联', '小一12月1日至12月31日的学法指导免了')).toContain('请写明原因');
    await w.clicks('李联', '保存', { from: '2026-12-01', to: '2026-12-31', reason: '住院' });
    await w.clicks('李联', '确认');
    const guided = async () => (await duties('guide.monthly')).filter((d) => d.startsWith('小一'));
    expect((await guided())[1]).toBe('小一 张三 2026-12-01 免：住院；请假：生病');
    expect(last('张三')).toContain('豁免 小一');
    await confirmed('取消豁免 学生小一 学法指导');
    expect((await guided())[1]).not.toContain('住院');
    expect(await confirmed('学生离开 小一 11月30日')).toContain('到 11月30日 周一 为止');
    expect(await guided()).toEqual(['小一 张三 2026-11-01']);
    const cardsBefore = w.inbox('钱联').length;
    expect(await answerTo('李联', '结束结对 甲校→乙校 12-31')).toContain('将通知：');
    expect(w.inbox('钱联')).toHaveLength(cardsBefore);
    expect(await duties('exam.monthly')).toHaveLength(3);
    await w.clicks('李联', '确认');
    expect(last('钱联')).toContain('甲校→乙校 的结对到 12月31日 周四 为止');
    expect(await duties('exam.monthly')).toHaveLength(2);
    expect(await confirmed('离任 王五 2026-12-31')).toContain('换人 王五');
    expect((await duties('guide.monthly')).filter((d) => d.startsWith('小二'))).toEqual([
      '小二 张三 2026-11-01',
      '小二 张三 2026-12-01',
    ]);
    const done = w.inbox('李联').findLast((m) => JSON.stringify(m.card).includes('"撤销"'))!;
    await w.advance({ days: 2 });
    const late = await w.sandbox.clicks(w.openId('李联'), done.messageId, { text: '撤销' });
    expect(JSON.stringify(late)).toContain('已过 24 小时');
    await w.advance({ days: 22 });
    await w.advance({ days: 1 });
    expect((await duties('guide.monthly')).filter((d) => d.startsWith('小二 王五'))).toEqual(['小二 王五 2026-12-01']);
  });

  test('a reason after a comma; one that names a pupil keeps the name out', async () => {
    const recorded = () => w.core.ctx.db.selectFrom('activity').select('id').execute();
    expect(await answerTo('李联', '小二的家访免了，家长外出')).toMatch(/豁免 小二[\s\S]*原因：家长外出/);
    expect(await answerTo('张三', '我下周请假，家里小二的事')).toContain('家里学生的事');
    expect(await recorded()).toEqual([]);
  });

  test('in a group no pupil is named, not even in a refusal', async () => {
    const chat = await w.sandbox.makesGroup('一组', [w.openId('李联')]);
    await w.sandbox.says(w.openId('李联'), '小二转学了', { chat });
    await w.quiet();
    const answers = w.sandbox.messages(chat).filter((m) => m.from !== w.openId('李联'));
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.map(words).join()).not.toContain('小二');
  });
});
