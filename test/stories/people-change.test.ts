import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textsOf } from '../../src/cards/index.ts';
import { obligationsOn } from '../../src/store/recount.ts';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const { reasons: zh } = textsOf('zh-CN');

/** 甲校 helps 乙校; everybody is invented. */
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

describe.each(backends)('people change, told in the chat (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme });
  });
  afterAll(() => w.close());
  /** Cards write hyphens so that they stay hyphens. */
  const plain = (text: string) => text.replaceAll('&#45;', '-');
  const tells = async (name: string, text: string) => plain(words((await w.says(name, text)).at(-1)));
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

  test('only a coordinator of the school may', async () => {
    expect(await tells('张三', '请假 王五 11-23至11-30')).toContain('没有这个权限');
    expect(await tells('钱联', '请假 张三 11-23至11-30')).toContain('没有这个权限');
    expect(await tells('李联', '请假 孙某 11-23至11-30')).toContain('没有找到');
    expect(await tells('李联', '请假 张三')).toContain('请写明日期');
    expect(await tells('李联', '豁免 张三 家访')).toContain('请写明原因');
  });

  test('请假 excuses, with the reason, and the teacher is told', async () => {
    expect(await tells('李联', '请假 张三 11-23至12-11 生病')).toContain('张三 2026-11-23 至 2026-12-11 请假（生病）');
    expect((await duties('talk.fortnight')).filter((d) => d.includes('免'))).toEqual([
      '小一 张三 2026-11-23 免：请假：生病',
      '小二 张三 2026-11-23 免：请假：生病',
    ]);
    expect(words(w.inbox('张三').at(-1))).toContain('请假（生病）');
    expect(await tells('李联', '请假 张三 11-23至12-11 生病')).toContain('没有改动');
  });

  test('换人 moves one pupil, then all; the new mentor is told whom', async () => {
    expect(await tells('李联', '换人 张三 → 王五 学生小二 12-14起')).toContain('2026-12-14 起由 王五 接替 张三');
    expect(words(w.inbox('王五').at(-1))).toContain('帮扶学生：小二');
    expect(words(w.inbox('张三').at(-1))).toContain('起由 王五 接替您的帮扶工作，帮扶学生：小二');
    // December is one duty: until the 14th it is the old one's.
    expect((await duties('guide.monthly')).filter((d) => d.startsWith('小二'))).toEqual([
      '小二 张三 2026-11-01',
      '小二 张三 2026-12-01',
      '小二 王五 2027-01-01',
    ]);
    expect(await tells('李联', '换人 王五 -> 王五')).toContain('例如');
  });

  test('豁免 of one kind of duty for a while; 学生离开; 结束结对; 离任', async () => {
    expect(await tells('李联', '豁免 学生小一 学法指导 2026年12月1日至12月31日 原因 住院')).toContain(
      '已豁免 学生小一',
    );
    expect((await duties('guide.monthly')).filter((d) => d.startsWith('小一'))).toEqual([
      '小一 张三 2026-11-01',
      '小一 张三 2026-12-01 免：住院；请假：生病',
      '小一 张三 2027-01-01',
    ]);
    expect(await tells('李联', '学生离开 小一 11月30日')).toContain('到 2026-11-30 为止');
    expect((await duties('guide.monthly')).filter((d) => d.startsWith('小一'))).toEqual(['小一 张三 2026-11-01']);
    expect(await tells('李联', '结束结对 甲校→乙校 12-31')).toContain('到 2026-12-31 为止');
    expect(await duties('exam.monthly')).toHaveLength(2);
    expect(await tells('李联', '离任 王五 2026-12-31')).toContain('换人 王五');
    expect((await duties('guide.monthly')).filter((d) => d.startsWith('小二'))).toEqual([
      '小二 张三 2026-11-01',
      '小二 张三 2026-12-01',
    ]);
    await w.advance({ days: 24 });
    await w.advance({ days: 1 });
    expect((await duties('guide.monthly')).filter((d) => d.startsWith('小二 王五'))).toEqual(['小二 王五 2026-12-01']);
  });
});
