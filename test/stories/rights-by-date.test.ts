import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

/** 甲校 helps 乙校; 旧联 coordinated 甲校 until 10 November, 钱联 coordinated 乙校 until the 24th. All people are invented. */
const programme = {
  name: '任期',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '张三', school: '甲校' },
    { name: '旧联', school: '甲校', roles: ['coordinator'], to: '2026-11-10' },
    { name: '新联', school: '甲校', roles: ['coordinator'], from: '2026-11-11' },
    { name: '来联', school: '甲校', roles: ['coordinator'], from: '2026-12-01' },
    { name: '赵六', school: '乙校' },
    { name: '钱联', school: '乙校', roles: ['coordinator'], to: '2026-11-24' },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校' }],
  care: [{ mentor: '张三', pupil: '林小满' }],
  plans: [{ use: 'yunxian-minzu' }, { use: 'care-pupils' }],
};

describe.each(backends)('rights hold by date (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme });
  });
  afterAll(() => w.close());
  const answerTo = async (name: string, text: string) => words((await w.says(name, text)).at(-1));

  test.each(['旧联', '来联'])('%s is not a coordinator today', async (name) => {
    for (const text of [
      '名册 学生',
      '逾期',
      '导出台账',
      '请假 张三 11-23至11-30 生病',
      '周报',
      '订阅周报',
      '代报 张三 昨天与林小满谈心',
    ])
      expect(await answerTo(name, text), text).toContain('没有这个权限');
    expect(JSON.stringify(w.inbox(name))).not.toContain('林小满');
  });

  test('the person who holds the post today has its rights, and is asked for help', async () => {
    expect(JSON.stringify(await w.says('新联', '名册 学生'))).toContain('林小满');
    await w.says('张三', '求助 林小满家里没人，去不成');
    expect(words(w.inbox('新联').at(-1))).toContain('去不成');
    for (const name of ['旧联', '来联']) expect(w.inbox(name).map(words).join('')).not.toContain('去不成');
  });

  test('subscriptions and requests to confirm end with the post', async () => {
    await w.says('钱联', '订阅周报');
    await w.says('张三', '今天到乙校送教一节');
    const received = w.inbox('钱联').length;
    await w.advance({ days: 7 });
    await w.says('张三', '今天到乙校送教一节');
    expect(w.inbox('钱联').slice(received).map(words).join('\n')).not.toMatch(/周报|请确认/);
    expect(await answerTo('钱联', '待确认')).toContain('没有这个权限');
  });
});
