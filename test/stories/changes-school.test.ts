import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rosterWarnings } from '../../src/plan/roster-warnings.ts';
import { backends } from '../support/store.ts';
import { importFile, type World, words, world } from '../support/world.ts';

/** 甲校 and 乙校 help 丙校. 秦岭 moves from 甲校 to 乙校 on 26 November, 韩江 on the same day without a number in the list. */
const schools = [{ name: '甲校' }, { name: '乙校' }, { name: '丙校' }];
const qin = { name: '秦岭', mobile: '139 0000 0001', open_id: 'ou_qin' };
const before = [
  { ...qin, school: '甲校' },
  { name: '韩江', school: '甲校', open_id: 'ou_han' },
  { name: '王芳', school: '甲校', mobile: '13900000003', open_id: 'ou_wang' },
  { name: '甲联', school: '甲校', roles: ['coordinator'] },
  { name: '乙联', school: '乙校', roles: ['coordinator'] },
];
const moved = [
  ...before.map((p) => (['秦岭', '韩江'].includes(p.name) ? { ...p, to: '2026-11-25' } : p)),
  { ...qin, school: '乙校', from: '2026-11-26' },
  { name: '韩江', school: '乙校', from: '2026-11-26' },
];
const file = (people: object[]) => ({
  name: '调动',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools,
  people,
  pairings: [
    { supporter: '甲校', recipient: '丙校' },
    { supporter: '乙校', recipient: '丙校' },
  ],
  plans: [
    {
      id: 'p',
      title: '方案',
      requirements: [
        {
          id: 'lesson',
          title: '送教',
          activity: 'demo_lesson',
          subject: 'teacher',
          measure: 'times',
          count: 2,
          period: 'term',
        },
      ],
    },
  ],
});

describe.each(backends)('a teacher who changes school (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme: file(before), at: '2026-11-24T10:00' });
    await w.says('秦岭', '今天到丙校上了一节语文');
    await w.says('王芳', '今天到丙校上了一节语文');
    await importFile(w.core, file(moved), '2026-11-24');
  });
  afterAll(() => w.close());
  const says = async (name: string, text: string) => (await w.says(name, text)).map(words).join('\n');
  const programme = async () => {
    const { id } = await w.core.ctx.db.selectFrom('programme').select('id').executeTakeFirstOrThrow();
    return w.core.ctx.programmeOf(w.core.ctx.db, id);
  };
  /** Lessons by the school of the post they were reported in. */
  const lessons = async (name: string) => {
    const p = await programme();
    const posts = new Map(p.people.filter((x) => x.name === name).map((x) => [x.id, x.schoolId]));
    const rows = await w.core.ctx.db
      .selectFrom('activity')
      .select(['by_id', 'date'])
      .orderBy('recorded_at')
      .orderBy('id')
      .execute();
    const of = (id: string) => p.schools.find((s) => s.id === posts.get(id))!.name;
    return rows.flatMap((r) => (posts.has(r.by_id) ? [`${of(r.by_id)} ${r.date}`] : []));
  };

  test('holds the old post until that day and the new one from then on; a report about earlier counts for the old one', async () => {
    expect(await says('秦岭', '我的任务')).toContain('1/2');
    await w.advance({ days: 3 });
    expect(await says('秦岭', '我的任务')).toContain('0/2');
    await w.says('秦岭', '今天到丙校上了一节语文');
    await w.says('秦岭', '补报：11月23日到丙校上了一节语文');
    expect(await lessons('秦岭')).toEqual(['甲校 2026-11-24', '乙校 2026-11-27', '甲校 2026-11-23']);
  });

  test("is matched by a coordinator's tap if the new row has no number", async () => {
    await w.says('韩江', '我的任务');
    await w.advance({ seconds: 5 });
    expect(words(w.inbox('乙联').at(-1))).toContain('韩江');
    await w.clicks('乙联', '乙校 韩江');
    await w.says('韩江', '今天到丙校上了一节语文');
    expect(await lessons('韩江')).toEqual(['乙校 2026-11-27']);
  });

  test('a new name with the same account is the same person, and the import says so', async () => {
    const all = [...moved.filter((p) => p.name !== '王芳'), { ...before[2]!, name: '王芳菲' }];
    const { rows } = await importFile(w.core, file(all), '2026-11-27');
    expect(rows.filter((r) => r.was)).toMatchObject([{ name: '甲校/王芳菲', was: '甲校/王芳', outcome: 'changed' }]);
    expect((await programme()).people.filter((p) => p.name.startsWith('王芳')).map((p) => p.name)).toEqual(['王芳菲']);
    const again = await importFile(w.core, file(all), '2026-11-27');
    expect(again.rows.filter((r) => r.list === 'people' && r.outcome !== 'kept').map((r) => r.outcome)).toEqual(
      all.map(() => 'same'),
    );
    expect(await lessons('王芳菲')).toEqual(['甲校 2026-11-24']);
  });

  test('two people with one mobile are reported to the coordinator, and neither replaces the other', async () => {
    await importFile(
      w.core,
      file([...before.slice(3), { name: '程前', school: '乙校', mobile: '13900000003' }]),
      '2026-11-27',
    );
    const warnings = rosterWarnings(await programme(), '2026-11-27').filter((x) => x.code === 'shared_account');
    expect(warnings.map((x) => x.of)).toEqual(['乙校/程前、甲校/王芳菲']);
    const bound = await w.core.ctx.db.selectFrom('member').selectAll().where('open_id', '=', 'ou_wang').execute();
    expect(bound).toHaveLength(1);
  });

  test('解绑 frees a person for the right account', async () => {
    expect(await says('甲联', '解绑 王芳菲')).toContain('已解绑');
    const bound = await w.core.ctx.db.selectFrom('member').selectAll().where('open_id', '=', 'ou_wang').execute();
    expect(bound).toEqual([]);
    expect(await says('乙联', '解绑 甲联')).toContain('没有这个权限');
  });
});
