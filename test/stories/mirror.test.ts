import { afterEach, describe, expect, test } from 'vitest';
import type { BaseState, TableState } from '../../src/sandbox/base.ts';
import { SETUP_SCOPES } from '../../src/sandbox/console.ts';
import { backends } from '../support/store.ts';
import { type World, type WorldOptions, words, world } from '../support/world.ts';

/** 林小禾 is a pupil. All people are invented. */
const programme = {
  name: '某县结对',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  districts: [{ name: '某县' }],
  schools: [
    { name: '甲校', district: '某县' },
    { name: '乙校', district: '某县' },
  ],
  people: [
    { name: '张三', school: '甲校' },
    { name: '刘局', district: '某县', roles: ['bureau_coordinator'] },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校', kinds: ['teaching'] }],
  care: [{ mentor: '张三', pupil: '林小禾' }],
  plans: [{ use: 'yunxian-minzu' }, { use: 'care-pupils' }],
  activities: [{ kind: 'talk', date: '2026-11-10', by: '张三', pupils: ['林小禾'], topic: '和小禾谈学习' }],
};

/** Fast enough for a story; pacing has its own tests. */
const paceLimits = { perSecond: 1_000, perMinute: 60_000, perChatPerSecond: 1_000 };

const table = (base: BaseState, name: string): TableState => [...base.tables.values()].find((t) => t.name === name)!;
const rows = (base: BaseState, name: string) => [...table(base, name).rows.values()].map((r) => r.fields);

describe.each(backends)('a programme in a Feishu Base (%s)', (backend) => {
  let w: World;
  afterEach(() => w.close());
  const begin = async (more: Partial<WorldOptions> = {}) => {
    w = await world({ backend, programme, ...more, overrides: { paceLimits, ...more.overrides } });
    return w;
  };
  /** Night, when the mirror checks the Base. */
  const night = async () => {
    await w.advance({ days: 1 });
    await w.app.sweep();
    await w.quiet();
  };
  const mirrored = async () => {
    await w.says('刘局', '同步到多维表格');
    await w.app.sweep();
    await w.quiet();
    return w.sandbox.bases()[0]!;
  };

  test("is created for a bureau coordinator, filled and kept up to date, without pupils' names", async () => {
    await begin();
    await night();
    expect(words((await w.says('张三', '同步到多维表格'))[0])).toMatch(/没有权限|不能|权限/);
    expect(words((await w.says('刘局', '同步到多维表格'))[0])).toMatch(/正在建立.*学生姓名不会写进去/s);
    await w.app.sweep();
    await w.quiet();
    const [base] = w.sandbox.bases();
    expect(base!.members).toEqual([w.openId('刘局')]);
    expect([...base!.tables.values()].map((t) => t.name).sort()).toEqual(['任务', '学校', '活动', '结对']);
    expect(JSON.stringify(w.inbox('刘局').at(-1)!.card)).toContain(base!.url);
    expect(rows(base!, '学校').map((r) => r.名称)).toEqual(expect.arrayContaining(['甲校', '乙校']));
    expect(rows(base!, '活动')).toMatchObject([{ 活动: '2026-11-10 谈话', 类型: '谈话', 状态: '已完成', 学生数: 1 }]);
    expect(rows(base!, '任务').length).toBe(
      (await w.core.ctx.db.selectFrom('obligation').select('id').execute()).length,
    );
    expect(JSON.stringify(base!.tables.get(table(base!, '活动').tableId)!.fields)).toContain('已撤回');
    const all = () => JSON.stringify([...base!.tables.values()].map((t) => [...t.rows.values()]));
    expect(all()).not.toMatch(/小禾|张三/);

    await w.says('刘局', '多维表格写教师姓名');
    await w.app.sweep();
    expect(rows(base!, '活动')[0]).toMatchObject({ 执行人: '张三', 内容: '和○○谈学习' });
    expect(all()).not.toMatch(/小禾/);
    await w.says('刘局', '多维表格不写教师姓名');
    await w.app.sweep();
    expect(all()).not.toMatch(/张三|谈学习/);

    await w.says('张三', '今天到乙校上了一节数学');
    await w.app.sweep();
    expect(rows(base!, '活动')).toHaveLength(2);
    expect(rows(base!, '活动')[1]).toMatchObject({ 类型: '送教上课', 地点: '乙校', 节数: 1 });
    await w.says('张三', '撤回');
    await w.app.sweep();
    expect(rows(base!, '活动')).toHaveLength(1);

    expect(words((await w.says('刘局', '停止同步'))[0])).toContain('不再更新');
    await w.says('张三', '今天到乙校上了一节数学');
    await w.app.sweep();
    expect(rows(base!, '活动')).toHaveLength(1);
  });

  test('restores what people change or delete there, notifies once, and leaves their own columns alone', async () => {
    await begin();
    await night();
    const base = await mirrored();
    const duties = table(base, '任务');
    // A finished activity would not change.
    const [first, second, third] = [...duties.rows.values()].filter((row) => row.fields.状态 !== '已完成');
    duties.fields.push({ name: '我的备注', type: 1, options: [] });
    const before = structuredClone(first!.fields);
    w.sandbox.editsBase(duties, first!.recordId, { 状态: '已完成', 我的备注: '找校长' });
    w.sandbox.editsBase(duties, second!.recordId, undefined);
    w.sandbox.editsBase(duties, third!.recordId, { 编号: null });
    const received = w.inbox('刘局').length;
    await night();
    expect(duties.rows.get(first!.recordId)!.fields).toEqual({ ...before, 我的备注: '找校长' });
    expect(duties.rows.get(third!.recordId)!.fields.编号).toBe(third!.fields.编号);
    const ids = [...duties.rows.values()].map((r) => r.fields.编号);
    expect(ids).toContain(second!.fields.编号);
    expect(new Set(ids).size).toBe(ids.length);
    const answers = w
      .inbox('刘局')
      .slice(received)
      .map(words)
      .filter((text) => text.includes('多维表格'));
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatch(/有 2 行在多维表格里被改动，有 1 行被删除，已恢复/);
    await night();
    const later = w
      .inbox('刘局')
      .slice(received)
      .map(words)
      .filter((text) => text.includes('多维表格'));
    expect(later).toHaveLength(1);
  });

  test('is rebuilt if somebody deletes a table, a field or a row during a change', async () => {
    await begin();
    await night();
    const base = await mirrored();
    const activities = table(base, '活动');
    base.tables.delete(table(base, '学校').tableId);
    activities.fields = activities.fields.filter((f) => f.name !== '类型');
    for (const row of activities.rows.values()) delete row.fields.类型;
    await w.says('张三', '今天到乙校上了一节数学');
    await night();
    await w.advance({ minutes: 5 });
    expect(rows(base, '学校')).toHaveLength(2);
    expect(
      rows(base, '活动')
        .map((r) => r.类型)
        .sort(),
    ).toEqual(['谈话', '送教上课']);
    const lost = [...activities.rows.values()].find((r) => r.fields.类型 === '送教上课')!;
    w.sandbox.editsBase(activities, lost.recordId, undefined);
    await w.says('张三', '不是数学，是语文');
    await w.says('张三', '撤回');
    await w.advance({ minutes: 5 });
    expect(rows(base, '活动').map((r) => r.类型)).toEqual(['谈话']);
  });

  test('stops if the app may not write, says what to do, and resumes when that is done', async () => {
    await begin();
    await night();
    const base = w.sandbox.makesBase('局里的表', false);
    expect(words((await w.says('刘局', '同步到多维表格 https://某县.example/base/x'))[0])).toContain('没有认出');
    expect(words((await w.says('刘局', `同步到多维表格 ${base.url}`))[0])).toContain('添加文档应用');
    await w.app.sweep();
    await w.quiet();
    expect(words(w.inbox('刘局').at(-1))).toMatch(/写不进去（91403）.*添加文档应用/s);
    base.access = true;
    await w.says('刘局', '同步到多维表格');
    await w.advance({ minutes: 1 });
    expect(rows(base, '活动')).toHaveLength(1);
    expect(base.members).toEqual([]);
    expect(base.tables.size).toBe(5);
  });

  test('is written to a page of a wiki, once the app may see it', async () => {
    await begin({ sandbox: { app: { scopes: [...SETUP_SCOPES, 'bitable:app'] } } });
    await night();
    const base = w.sandbox.makesBase('知识库里的表', false, true);
    const settled = async () => {
      await w.app.sweep();
      await w.quiet();
    };
    await w.says('刘局', `同步到多维表格 ${base.url}`);
    await settled();
    expect(words(w.inbox('刘局').at(-1))).toMatch(/99991672/);
    w.sandbox.app.online!.scopes.push('wiki:node:read');
    await w.says('刘局', `同步到多维表格 ${base.url}`);
    await settled();
    expect(words(w.inbox('刘局').at(-1))).toMatch(/131006.*添加文档应用/s);
    base.access = true;
    await w.says('刘局', '同步到多维表格');
    await settled();
    expect(rows(base, '活动')).toHaveLength(1);
    const calls = w.sandbox.calls.filter((c) => c.path.includes('get_node')).length;
    expect(words((await w.says('刘局', `同步到多维表格 ${base.url}`))[0])).toContain('已是最新');
    await night();
    expect(w.sandbox.calls.filter((c) => c.path.includes('get_node'))).toHaveLength(calls);
  });

  test('needs a scope that the ten steps do not ask for, and says so', async () => {
    await begin({ sandbox: { app: { scopes: ['im:message:send_as_bot', 'im:message.p2p_msg:readonly'] } } });
    await w.says('刘局', '同步到多维表格');
    await w.app.sweep();
    await w.quiet();
    expect(words(w.inbox('刘局').at(-1))).toMatch(/99991672/);
    w.sandbox.app.online!.scopes.push('bitable:app');
    await night();
    await night();
    expect(rows(w.sandbox.bases()[0]!, '活动')).toHaveLength(1);
  });
});

const lessons = Array.from({ length: 2_000 }, (_, i) => ({
  kind: 'demo_lesson',
  date: `2026-${String(9 + (i % 3)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`,
  by: '张三',
  place: '乙校',
  lessons: 1 + (i % 4),
  topic: `第${i}课`,
}));

test('2,000 records arrive once each, despite refusals, conflicts and two killed processes', async () => {
  const w = await world({
    programme: { ...programme, activities: lessons },
    overrides: { paceLimits },
    sandbox: { baseRows: 1_000 },
  });
  await w.advance({ days: 1 });
  const { api } = w.sandbox.faults;
  api.match = 'batch_create';
  await w.says('刘局', '同步到多维表格');
  // The write takes effect but its answer is lost; then the process dies, twice.
  for (let death = 0; death < 2; death++) {
    // Once for each of the four lists.
    api.storeThenHangup = 4;
    await w.app.sweep();
    await w.core.ctx.db.updateTable('mirror_table').set({ due_at: 0 }).execute();
    const held = await w.core.ctx.db.selectFrom('mirror_table').select('body').execute();
    expect(held.some((row) => row.body.includes('"write"'))).toBe(true);
    // A dead process still holds its lists for a while.
    await w.core.ctx.db
      .updateTable('mirror_table')
      .set({ lease_until: w.now() + 60_000 })
      .execute();
    await w.move({ minutes: 20 });
  }
  const [base] = w.sandbox.bases();
  api.match = `${table(base!, '活动').tableId}/records/batch_create`;
  api.rate429 = 2;
  api.refuse = { code: 1254291, times: 3, msg: 'Write conflict' };
  const waiting = async () => (await w.core.ctx.db.selectFrom('mirror_mark').select('item_id').execute()).length;
  for (let round = 0; round < 20 && (round < 7 || (await waiting()) > 0); round++) {
    await w.move({ minutes: 15 });
    await w.app.sweep();
  }
  await w.move({ minutes: 15 });
  await w.app.sweep();
  const parts = [...base!.tables.values()].filter((t) => t.name.startsWith('活动'));
  const ids = parts.flatMap((t) => [...t.rows.values()].map((r) => r.fields.编号));
  const stored = await w.core.ctx.db.selectFrom('activity').select('id').execute();
  expect(stored).toHaveLength(2_000);
  expect(parts.map((t) => t.name)).toEqual(['活动', '活动 2']);
  expect(ids.toSorted()).toEqual(stored.map((r) => r.id).toSorted());
  // In order, one at a time per table, and within the rate limit.
  const writes = w.sandbox.calls.filter((c) => c.path.endsWith('batch_create'));
  expect(writes.filter((c) => c.fault === 'storeThenHangup')).toHaveLength(8);
  expect(writes.filter((c) => c.code !== 0).length).toBeGreaterThanOrEqual(5);
  const sizes = writes.map((c) => (c.body as { records?: unknown[] } | undefined)?.records?.length ?? 0);
  expect(Math.max(...sizes)).toBe(500);
  await w.close();
});

test('near a free tenant’s quota the comparison stops first, then the writing', async () => {
  const w = await world({ programme, overrides: { paceLimits } });
  await w.advance({ days: 1 });
  await w.says('刘局', '同步到多维表格');
  await w.app.sweep();
  const [base] = w.sandbox.bases();
  const { db, quota } = w.app.ctx;
  const used = async (share: number) => {
    await quota.flush();
    await db
      .updateTable('api_call')
      .set({ calls: Math.round(share * 10_000) })
      .execute();
    await quota.flush();
  };
  const duties = table(base!, '任务');
  const [row] = duties.rows.values();
  w.sandbox.editsBase(duties, row!.recordId, { 状态: '随便' });
  await used(0.81);
  await w.advance({ days: 1 });
  expect(duties.rows.get(row!.recordId)!.fields.状态).toBe('随便');
  await w.says('张三', '今天到乙校上了一节数学');
  await w.app.sweep();
  expect(rows(base!, '活动')).toHaveLength(2);
  await used(0.91);
  await w.says('张三', '今天到乙校上了两节语文');
  await w.app.sweep();
  expect(rows(base!, '活动')).toHaveLength(2);
  await used(0.1);
  await w.advance({ days: 1 });
  expect(duties.rows.get(row!.recordId)!.fields.状态).not.toBe('随便');
  expect(rows(base!, '活动')).toHaveLength(3);
  await w.close();
});

describe.each(backends)('lists that are kept in a Base (%s)', (backend) => {
  test('are shown before anything is imported, again after a night with changes, and no more on request', async () => {
    const w = await world({ backend, programme, overrides: { paceLimits } });
    await w.advance({ days: 1 });
    const base = w.sandbox.makesBase('名册', true, backend !== 'embedded');
    const people = w.sandbox.addsTable(base, '人员', ['姓名', '学校', '职务'], [['王五', '甲校', '教师']]);
    w.sandbox.addsTable(base, '值日', ['姓名'], [['赵六']]);
    expect(words((await w.says('刘局', '从多维表格导入'))[0])).toContain('请带上多维表格的地址');
    const [read, preview] = await w.says('刘局', `从多维表格导入 ${base.url}`);
    expect(words(read)).toContain('确认后才导入');
    expect(words(preview)).toMatch(/导入预览.*新增 1/s);
    const names = async () => (await w.core.ctx.programmeOf(w.core.ctx.db, await id())).people.map((p) => p.name);
    const id = async () => (await w.core.ctx.db.selectFrom('programme').select('id').executeTakeFirstOrThrow()).id;
    expect(await names()).not.toContain('王五');
    await w.clicks('刘局', '导入');
    expect(await names()).toContain('王五');

    const received = w.inbox('刘局').length;
    const previews = () =>
      w
        .inbox('刘局')
        .slice(received)
        .map(words)
        .filter((text) => text.includes('导入预览'));
    await w.advance({ days: 1 });
    expect(previews()).toEqual([]);
    const [row] = people.rows.values();
    w.sandbox.editsBase(people, row!.recordId, { 姓名: '王小五' });
    await w.advance({ days: 1 });
    expect(previews()).toHaveLength(1);
    expect(await names()).not.toContain('王小五');
    await w.advance({ days: 1 });
    expect(previews()).toHaveLength(1);

    expect(words((await w.says('刘局', '不再从多维表格导入'))[0])).toContain('不再看');
    w.sandbox.editsBase(people, row!.recordId, { 姓名: '王大五' });
    await w.advance({ days: 1 });
    expect(previews()).toHaveLength(1);
    await w.close();
  });
});
