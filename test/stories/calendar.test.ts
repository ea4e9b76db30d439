import { afterEach, describe, expect, test } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

/** All people are invented. */
const programme = {
  name: '某县结对',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '张三', school: '甲校' },
    { name: '李四', school: '甲校' },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校' }],
  care: [{ mentor: '张三', pupil: '林小禾' }],
  plans: [{ use: 'yunxian-minzu' }, { use: 'care-pupils' }],
};

describe.each(backends)('plans in the calendar (%s)', (backend) => {
  let w: World;
  afterEach(() => w.close());
  const calendarOf = (name: string) =>
    w.sandbox.calendarOf(w.openId(name)).map(({ summary, from, to }) => `${summary} ${from} ${to}`);

  test('appear for people who ask for it, follow changes of the plan, and name no pupil', async () => {
    w = await world({ backend, at: '2026-11-20T15:00', programme });
    await w.says('张三', '明天去乙校上一节数学');
    await w.app.sweep();
    expect(calendarOf('张三')).toEqual([]);
    expect(words((await w.says('张三', '计划写进日历'))[0])).toContain('飞书日历');
    await w.says('张三', '下周二去乙校听课');
    await w.says('张三', '下周三去林小禾家家访');
    await w.says('李四', '下周二去乙校听课');
    await w.app.sweep();
    expect(calendarOf('张三')).toEqual([
      '结对：听课评课 · 乙校 2026-11-24 2026-11-24',
      expect.stringMatching(/^结对：家访[^林小禾]* 2026-11-25 2026-11-25$/),
    ]);
    expect(calendarOf('李四')).toEqual([]);
    await w.says('张三', '撤回');
    await w.app.sweep();
    expect(calendarOf('张三')).toEqual(['结对：听课评课 · 乙校 2026-11-24 2026-11-24']);
    await w.says('张三', '下周四去乙校听课');
    await w.says('张三', '不是周四，是周五');
    await w.app.sweep();
    expect(calendarOf('张三').at(-1)).toBe('结对：听课评课 · 乙校 2026-11-20 2026-11-20');
    await w.says('张三', '计划不再写进日历');
    await w.app.sweep();
    expect(calendarOf('张三')).toEqual([]);
  });

  test('arrive once although an answer is lost and the platform is busy, and wait for the scope', async () => {
    w = await world({ backend, at: '2026-11-20T15:00', programme });
    await w.says('张三', '计划写进日历');
    await w.says('张三', '下周二去乙校听课');
    const { api } = w.sandbox.faults;
    api.match = '/calendar/';
    api.rate429 = 1;
    await w.app.sweep();
    await w.move({ minutes: 2 });
    api.match = '/events$';
    api.storeThenHangup = 1;
    await w.app.sweep();
    expect(calendarOf('张三')).toEqual([]);
    await w.move({ hours: 2 });
    const { scopes } = w.sandbox.app.online!;
    w.sandbox.app.online!.scopes = scopes.filter((s) => !s.startsWith('calendar'));
    await w.app.sweep();
    w.sandbox.app.online!.scopes = scopes;
    await w.move({ hours: 2 });
    await w.app.sweep();
    expect(calendarOf('张三')).toHaveLength(1);
    expect(w.sandbox.calls.filter((c) => c.path.endsWith('/events')).length).toBeGreaterThan(1);
  });
});
