import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type World, words, world } from '../support/world.ts';

/** Two schools, and a plan about persons whose counts depend on visits to pupils; all people are invented. */
const requirement = (id: string, activity: string, subject: string) => ({
  id,
  title: `${id}任务`,
  activity,
  subject,
  side: 'both',
  measure: 'times',
  count: 4,
  period: 'term',
});
const programme = {
  name: '学生姓名',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '张三', school: '甲校', roles: ['teacher'] },
    { name: '王五', school: '甲校', roles: ['teacher'] },
    { name: '孙主任', school: '甲校', roles: ['middle_manager'] },
    { name: '周校长', school: '甲校', roles: ['principal'] },
    { name: '吴副校', school: '甲校', roles: ['vice_principal'] },
    { name: '李联', school: '甲校', roles: ['coordinator'] },
    { name: '赵六', school: '乙校', roles: ['teacher'] },
    { name: '钱联', school: '乙校', roles: ['coordinator'] },
    { name: '局联', roles: ['bureau_coordinator'] },
    { name: '局长', roles: ['bureau_leader'] },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校' }],
  care: [
    { mentor: '张三', pupil: { name: '林小满' } },
    { mentor: '张三', pupil: { name: '高晓楠', school: '乙校' } },
  ],
  plans: [
    { use: 'care-pupils' },
    {
      id: 'own',
      title: '本地方案',
      requirements: [requirement('家访', 'home_visit', 'school'), requirement('谈心', 'talk', 'pairing')],
    },
  ],
};
const PUPILS = ['林小满', '高晓楠'];
/** Who may read which name: the mentor, and the coordinator of the pupil's school. */
const MAY: Record<string, string[]> = { 张三: PUPILS, 李联: ['林小满'], 钱联: ['高晓楠'] };

/** Independent of the engine: the embedded one is enough. */
describe('only people who may know a pupil see the name', () => {
  let w: World;
  const answers = new Map<string, string>();
  const logged: string[] = [];
  const names = programme.people.map((p) => p.name);
  const others = names.filter((name) => name !== '张三');
  const seen = (name: string) => `${JSON.stringify(w.inbox(name))}${answers.get(name) ?? ''}`;
  /** Presses any button with any value, like a forged callback. */
  const forge = async (name: string, value: object) => {
    const pushed = await w.sandbox.push(
      {
        operator: { open_id: w.openId(name) },
        token: 'c-1',
        action: { tag: 'button', value },
        host: 'im_message',
        context: { open_message_id: w.inbox(name).at(-1)?.messageId ?? 'om_x', open_chat_id: 'oc_x' },
      },
      { eventType: 'card.action.trigger' },
    );
    answers.set(name, `${answers.get(name) ?? ''}${pushed.attempts.map((a) => a.body).join()}`);
  };

  beforeAll(async () => {
    const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
    w = await world({ programme, overrides: { log } });
    await w.says('张三', '昨天家访林小满、高晓楠，上门');
    await w.says('张三', '11月18日与林小满谈心，聊高晓楠和学习');
    await w.says('张三', '帮扶名单已建立');
  });
  afterAll(() => w.close());

  test('whatever anybody writes', async () => {
    const [noted] = await w.says('张三', '小满 成因：家里没人；措施：每周和林小满谈一次');
    expect(words(noted)).toContain('成因：家里没人');
    await w.says('张三', '求助 小满和高晓楠家里没人，家访不成');
    for (const name of others)
      for (const text of [
        '为什么',
        '为什么 家访',
        '为什么 谈心',
        '为什么 帮扶名单',
        '我的任务',
        '我的记录',
        '求助',
        '逾期',
        '进度',
        '周报',
        '名册 学生',
        '待确认',
        '学校名单',
        '师徒名单',
        '代报 张三 昨天与林小满谈心',
      ])
        await w.says(name, text);
  });

  test('whatever anybody presses, with ids of others', async () => {
    const { db } = w.core.ctx;
    // Per rule, only the duty of these days; those of other days are drawn the same way.
    const duties = await db
      .selectFrom('obligation')
      .select('id')
      .where('range_start', '<=', '2026-11-20')
      .where('range_end', '>=', '2026-11-20')
      .execute();
    const records = await db.selectFrom('activity').select(['id', 'version']).execute();
    const notices = await db.selectFrom('notice').select('id').execute();
    for (const name of others) {
      for (const { id } of duties) await forge(name, { action: 'why', obligation: id });
      for (const { id, version } of records)
        for (const action of [
          'my_record',
          'cancel_edit',
          'edit',
          'confirm',
          'dispute',
          'planned_move',
          'planned_failed',
        ])
          await forge(name, { action, activity: id, v: version, notice: notices[0]!.id });
    }
    await w.advance({ days: 3 });
    await w.quiet();
    expect(records.length).toBeGreaterThan(1);
  });

  test('no card or answer names a pupil to anybody else', () => {
    const leaks = names.flatMap((name) =>
      PUPILS.filter((pupil) => seen(name).includes(pupil) && !MAY[name]?.includes(pupil)).map((p) => `${name}: ${p}`),
    );
    expect(leaks).toEqual([]);
    for (const pupil of PUPILS) expect(logged.join('\n')).not.toContain(pupil);
    expect(seen('李联')).toContain('林小满');
    expect(seen('局联')).toContain('○○');
    expect(seen('局联')).not.toContain('小满');
    // Notes about a pupil follow the rule for the name.
    expect(seen('李联')).toContain('家里没人');
    expect(seen('局联')).not.toContain('default_value":"家里没人');
  });

  test('every display to somebody other than the mentor is in the log', async () => {
    const p = await w.core.ctx.programmeOf(
      w.core.ctx.db,
      (await w.core.ctx.db.selectFrom('programme').select('id').executeTakeFirstOrThrow()).id,
    );
    const person = new Map(p.people.map((x) => [x.id, x.name]));
    const pupil = new Map(p.pupils.map((x) => [`pupil:${x.id}`, x.name]));
    const rows = await w.core.ctx.db
      .selectFrom('audit')
      .selectAll()
      .where('act', '=', 'pupils')
      .where('detail', '=', 'card')
      .execute();
    const logged = new Set(rows.map((r) => `${person.get(r.actor)} ${pupil.get(r.target)}`));
    expect([...logged].sort()).toEqual(['李联 林小满', '钱联 高晓楠'].sort());
  });
});
