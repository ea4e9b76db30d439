import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

/** 甲校 helps 乙校; all people are invented. */
const programme = {
  name: '说着安排',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '张三', school: '甲校' },
    { name: '王五', school: '甲校' },
    { name: '李联', school: '甲校', roles: ['coordinator'] },
    { name: '赵六', school: '乙校' },
    { name: '钱联', school: '乙校', roles: ['coordinator'] },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校', from: '2026-09-01', team: ['张三'] }],
  mentorships: [{ mentor: '张三', mentee: '赵六' }],
  care: [
    { mentor: '张三', pupil: '小一', from: '2026-09-01' },
    { mentor: '张三', pupil: '小二', from: '2026-09-01' },
  ],
  plans: [{ use: 'yunxian-minzu' }, { use: 'care-pupils' }],
};

describe.each(backends)('arrangements in words (%s)', (backend) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ backend, programme });
  });
  afterEach(() => w.close());
  const answerTo = async (name: string, text: string) => words((await w.says(name, text)).at(-1));
  const last = (name: string) => words(w.inbox(name).at(-1));
  const duties = async () => {
    const rows = await w.core.ctx.db.selectFrom('obligation').selectAll().orderBy('id').execute();
    return rows.map(({ since, ...row }) => JSON.stringify(row));
  };
  const bearersOf = async (requirement: string, start: string) => {
    const { db } = w.core.ctx;
    const rows = await db
      .selectFrom('obligation as o')
      .innerJoin('obligation_bearer as b', 'b.obligation_id', 'o.id')
      .innerJoin('roster as r', 'r.id', 'b.person_id')
      .select('r.name')
      .where('o.requirement', 'like', `%${requirement}`)
      .where('o.range_start', '=', start)
      .execute();
    return [...new Set(rows.map((r) => r.name))].sort();
  };

  test('a leave with a stand-in is confirmed by 确认, and undone when it is cancelled', async () => {
    const before = await duties();
    expect(await answerTo('李联', '张三11月23日到12月4日请假，由王五代')).toContain('请假，由 王五 代');
    expect(await duties()).toEqual(before);
    expect(await answerTo('李联', '确认')).toContain('已登记');
    expect(last('王五')).toContain('期间由您代');
    expect(await bearersOf('talk.fortnight', '2026-11-23')).toEqual(['甲校/王五']);
    expect(await bearersOf('talk.fortnight', '2026-12-07')).toEqual(['甲校/张三']);
    expect(await answerTo('李联', '张三不请假了')).toContain('张三 不请假了：11月23日 周一 – 12月4日 周五');
    expect(await answerTo('李联', '好的')).toContain('已登记');
    expect(await duties()).toEqual(before);
    // Leave can be requested again for the days given up.
    await answerTo('李联', '张三11月23日到12月4日请假，由王五代');
    expect(await answerTo('李联', '确认')).toContain('已登记');
    expect(await bearersOf('talk.fortnight', '2026-11-23')).toEqual(['甲校/王五']);
  });

  test('a teacher who returns early gets the pupils back from that day; 撤销 restores the leave', async () => {
    await answerTo('李联', '张三11月23日到12月11日请假，由王五代');
    await answerTo('李联', '确认');
    await w.advance({ days: 10 });
    const away = await duties();
    expect(await answerTo('李联', '张三12月1日销假')).toContain('张三 12月1日 周二起销假');
    await answerTo('李联', '确认');
    expect(await bearersOf('talk.fortnight', '2026-12-07')).toEqual(['甲校/张三']);
    await w.clicks('李联', '撤销');
    expect(await duties()).toEqual(away);
  });

  test('a teacher withdraws an undecided leave without asking anybody', async () => {
    await answerTo('张三', '请假三天');
    expect(last('李联')).toContain('张三 11月20日 周五 – 11月22日 周日请假');
    expect(last('李联')).toContain('将通知：张三');
    expect(last('李联')).not.toMatch(/将通知：.*李联/);
    expect(await answerTo('张三', '不请假了')).toContain('已取消');
    expect(await answerTo('李联', '同意')).not.toContain('已登记');
    await answerTo('张三', '下周要去培训，请假一周');
    expect(last('李联')).toContain('请假（要去培训）');
    expect(await answerTo('李联', '同意')).toContain('已登记');
    expect(last('张三')).toContain('已登记');
    // Only the person who arranged it may undo it.
    expect(await answerTo('张三', '撤回')).not.toContain('撤销');
    expect(await answerTo('张三', '不请假了')).toContain('已转给联络员 李联');
  });

  test('a mentor asks that somebody else cares for one pupil; the coordinator refuses in words', async () => {
    await answerTo('张三', '以后小二由王五带');
    expect(last('李联')).toContain('由 王五 接替 张三 帮扶 小二');
    await answerTo('李联', '不同意');
    expect(last('张三')).toContain('没有同意');
  });

  test('取消豁免 alone is about the only waiver; of several it asks which', async () => {
    await answerTo('李联', '小二的家访免了，太远');
    expect(await answerTo('李联', '确认')).toContain('已登记');
    expect(await answerTo('李联', '取消豁免')).toContain('取消豁免 小二');
    await answerTo('李联', '张三的听课免了，生病');
    await answerTo('李联', '确认');
    expect(await answerTo('李联', '取消豁免')).toContain('请写明是谁的');
    expect(await answerTo('李联', '恢复小二的家访')).toContain('取消豁免 小二');
  });

  test('a pupil who leaves has no open duties and causes no questions; 撤销 restores them', async () => {
    const before = await duties();
    await answerTo('张三', '小二转学了');
    await answerTo('李联', '同意');
    const tasks = await answerTo('张三', '我的任务');
    expect(tasks.slice(0, tasks.indexOf('已完成'))).not.toContain('小二');
    await w.clicks('李联', '撤销');
    expect(await duties()).toEqual(before);
    await answerTo('张三', '小二转学了');
    await answerTo('李联', '同意');
    for (let day = 0; day < 5; day++) for (let h = 0; h < 4; h++) await w.advance({ hours: 6 });
    const asked = w.inbox('张三').map(words).slice(-4).join('\n');
    expect(asked).toContain('小一');
    expect(asked).not.toMatch(/当时做了吗[\s\S]*小二/);
  });

  test('a pupil who returns is in care again from that day, with who had them', async () => {
    await answerTo('李联', '小二转学了');
    await answerTo('李联', '确认');
    await w.move({ days: 14 });
    expect(await answerTo('张三', '小二复学了')).toContain('已转给联络员 李联');
    expect(last('李联')).toMatch(/小二的帮扶 12月4日 周五起恢复[\s\S]*仍由 张三 帮扶/);
    await answerTo('李联', '同意');
    expect(last('张三')).toContain('已登记');
    expect(await answerTo('张三', '今天找小二谈话，鼓励他')).toContain('每两周谈话');
    // A pupil in care who is back from a holiday is no arrangement.
    expect(await answerTo('李联', '小一返校了')).not.toContain('恢复');
    // Back on the day of leaving.
    const before = await duties();
    await answerTo('李联', '小一转学了');
    await answerTo('李联', '确认');
    expect(await answerTo('李联', '小一复学了')).toContain('起恢复');
    await answerTo('李联', '确认');
    await w.clicks('李联', '撤销');
    await answerTo('李联', '小一复学了');
    expect(before.length).toBeGreaterThan(0);
  });

  test('pupils new in care are added by a list in words; 撤销 ends what is owed for them', async () => {
    const before = await duties();
    expect(await answerTo('李联', '帮扶名单：\n王五：小明、小红 七年级\n张三—小刚')).toContain(
      '王五→小明、小红；张三→小刚',
    );
    expect(await duties()).toEqual(before);
    await answerTo('李联', '确认');
    expect(last('王五')).toContain('小明、小红');
    expect(await answerTo('王五', '今天家访了小明')).toMatch(/计入任务[\s\S]*小明/);
    await w.clicks('李联', '撤销');
    expect(await duties()).toEqual(before);
    expect(await answerTo('王五', '小红由我帮扶')).toContain('已转给联络员 李联');
    expect(await answerTo('李联', '确认')).toContain('已登记');
    // A number is no name.
    expect(await answerTo('李联', '新增帮扶学生若干名')).not.toContain('起帮扶');
  });

  test('a mentorship is entered by either school; its ceremony is recorded as well', async () => {
    expect(await answerTo('钱联', '师徒结对：王五带赵六')).toContain('王五→赵六');
    expect(await answerTo('钱联', '确认')).toContain('已登记');
    expect(last('王五')).toContain('由 钱联 登记');
    expect(await answerTo('李联', '师徒名单')).toContain('王五→赵六');
    // Colleagues under a heading of mentors are no pupils.
    expect(await answerTo('李联', '两校师徒结对名单：李联—赵六；王五—钱联')).toContain(
      '起师徒结对：李联→赵六、王五→钱联',
    );
    await answerTo('李联', '取消');
    expect(await answerTo('李联', '帮扶名单：张三—王五')).not.toContain('起帮扶');
    const answers = await w.says('李联', '师徒结对：王五带钱联，今天举行了拜师仪式');
    // Two cards answer one message, in any order.
    const texts = answers.map(words);
    expect(texts.some((text) => text.includes('王五→钱联'))).toBe(true);
    expect(texts.some((text) => /已记录[\s\S]*会议/.test(text))).toBe(true);
  });

  test('the team by its list; a pairing by the bureau alone', async () => {
    expect(await answerTo('李联', '我校成立帮扶领导小组，组长李联，组员张三、王五')).toContain('李联、张三、王五');
    await answerTo('李联', '确认');
    expect(await bearersOf('demo.term2', '2026-09-01')).toEqual(['甲校/张三', '甲校/李联', '甲校/王五']);
    await w.clicks('李联', '撤销');
    expect(await bearersOf('demo.term2', '2026-09-01')).toEqual(['甲校/张三']);
    expect(await answerTo('李联', '新增结对 乙校→甲校')).toContain('没有这个权限');
    expect(await answerTo('李联', '乙校又支援丁庄小学，这个结对也登记一下')).toContain('没有找到「丁庄小学」');
  });

  test('确认 applies to a record that has since been sent for confirmation, and yes does nothing if nothing is open', async () => {
    await answerTo('李联', '张三下周请假');
    await w.move({ minutes: 5 });
    await w.clicks('李联', '取消');
    expect(await answerTo('李联', '确认')).toContain('待确认');
  });
});

test.each(backends)(
  'help about a pupil whose name the coordinator does not see says whose pupil it is (%s)',
  async (backend) => {
    const w = await world({ backend });
    await w.says('陈志远', '求助 小雨家太远，晚上回不来');
    const asked = words(w.inbox('赵思敏').at(-1));
    expect(asked).toContain('○○家太远');
    expect(asked).toContain('晓街乡万佑九年一贯制学校七年级的学生，名字可以问 陈志远 或 杨一帆');
    expect(asked).not.toContain('小雨');
    await w.close();
  },
);
