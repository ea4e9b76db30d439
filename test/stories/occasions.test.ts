import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

const TRAVELLERS = [...'一二三四五六七八九十'].flatMap((c) => [`何${c}`, `秦${c}`]);
const asks = (id: string, title: string, activity: string, subject: string, measure: string, count: number) => ({
  id,
  title,
  activity,
  subject,
  measure,
  count,
  period: 'term',
});
const programme = {
  name: '同行',
  terms: [{ name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    ...TRAVELLERS.map((name) => ({ name, school: '甲校', roles: ['teacher'] })),
    { name: '何联', school: '甲校', roles: ['coordinator'] },
    { name: '苏乙', school: '乙校', roles: ['teacher'] },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校', team: ['何联'] }],
  care: [
    { mentor: '何一', pupil: '小禾' },
    { mentor: '何一', pupil: '小苗' },
  ],
  plans: [
    {
      id: 'own',
      title: '同行计划',
      requirements: [
        asks('trips', '送教', 'demo_lesson', 'pairing', 'times', 4),
        asks('lessons', '送课', 'demo_lesson', 'pairing', 'lessons', 60),
        asks('own', '上示范课', 'demo_lesson', 'teacher', 'lessons', 2),
        asks('gifts', '捐赠', 'donation', 'pairing', 'yuan', 5000),
        asks('talks', '谈心', 'talk', 'care', 'times', 3),
      ].map((r) => ({ ...r, pace: 'end' })),
    },
  ],
};

describe.each(backends)('one occasion, reported by several (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme });
  });
  afterAll(() => w.close());

  const counts = async (requirement: string): Promise<number[]> => {
    const rows = await w.core.ctx.db
      .selectFrom('obligation')
      .select('done')
      .where('requirement', '=', `own/${requirement}`)
      .orderBy('done', 'desc')
      .execute();
    return rows.map((r) => Number(r.done));
  };
  const records = async () =>
    (await w.core.ctx.db.selectFrom('activity').select('body').orderBy('id').execute()).map(
      (r) => JSON.parse(r.body) as { status: string; date: string; lessons?: number; separate?: boolean },
    );
  const card = (who: string) => words(w.inbox(who).at(-1));

  it('twenty people who travelled together are all recorded at once and credited; the trip counts once', async () => {
    for (const name of TRAVELLERS) {
      const [answer] = await w.says(name, '昨天到乙校上了一节七年级语文');
      expect(words(answer)).toContain('已记录');
    }
    expect(await counts('own')).toEqual(TRAVELLERS.map(() => 1));
    expect(await counts('lessons')).toEqual([20]);
    expect(await counts('trips')).toEqual([1]);
    expect(card('秦十')).toContain('是同一次活动');
    expect(card('秦十')).toContain('何一');
    expect(card('秦十')).not.toContain('没有任务要求');
    expect(card('何一')).not.toContain('是同一次活动');
  });

  it('「不是同一次」 gives a record its own occasion, and 「是同一次」 undoes that', async () => {
    await w.clicks('秦十', '不是同一次');
    expect(await counts('trips')).toEqual([2]);
    expect(card('秦十')).toContain('不是同一次，分别计');
    await w.clicks('秦十', '是同一次');
    expect(await counts('trips')).toEqual([1]);
    expect(await counts('lessons')).toEqual([20]);
  });

  it('two people who name each other report the same lessons; one gift reported by two counts once', async () => {
    await w.says('何二', '11月10日和秦二到乙校上了两节七年级数学');
    await w.says('秦二', '11月10日和何二到乙校上了两节七年级数学');
    expect(await counts('lessons')).toEqual([22]);
    await w.says('何三', '11月11日向乙校捐赠书包20个，价值2000元');
    const [answer] = await w.says('秦三', '11月11日给乙校捐了20个书包，价值2000元');
    expect(await counts('gifts')).toEqual([2000]);
    expect(words(answer)).toContain('这次活动已由先报的计入');
    expect(words(answer)).toContain('捐赠');
  });

  it('a repeated report is recorded only once its writer says that it is another', async () => {
    const before = (await records()).length;
    const again = async () => words((await w.says('何四', '11月12日到乙校上了一节七年级语文'))[0]);
    expect(await again()).toContain('已记录');
    expect(await again()).toContain('刚才已记过');
    await w.clicks('何四', '不用记');
    expect(await records()).toHaveLength(before + 1);
    await again();
    await w.clicks('何四', '另一次');
    expect(await records()).toHaveLength(before + 2);
    expect((await counts('own')).slice(0, 2)).toEqual([3, 3]);
    expect(await counts('trips')).toEqual([4]);
    // A different subject is a different occasion.
    expect(words((await w.says('何四', '11月12日到乙校上了一节七年级英语'))[0])).toContain('已记录');
    expect(await counts('own')).toContain(4);
  });

  it('「改那条」 opens the earlier record with the new figure', async () => {
    await w.says('何五', '11月13日到乙校上了一节七年级语文');
    await w.says('何五', '11月13日到乙校上了三节七年级语文');
    await w.clicks('何五', '改那条');
    await w.clicks('何五', '保存', {});
    expect((await records()).filter((r) => r.date === '2026-11-13')).toMatchObject([{ lessons: 3 }]);
  });

  it('talks with two pupils are two; the same pupil again is asked about', async () => {
    await w.says('何一', '今天和小禾谈心了');
    expect(words((await w.says('何一', '今天和小苗谈心了'))[0])).toContain('已记录');
    expect(words((await w.says('何一', '今天和小禾谈心了'))[0])).toContain('刚才已记过');
    expect(await counts('talks')).toEqual([1, 1]);
  });

  it('代报 of something already reported names its reporter; a long stay and a single day are two', async () => {
    await w.says('何六', '11月16日到乙校上了一节七年级语文');
    const [asked] = await w.says('何联', '代报 何六 11月16日到乙校上了一节七年级语文');
    expect(words(asked)).toContain('何六 的这项活动已记过');
    expect(words(asked)).not.toContain('您的这项活动');
    const before = (await records()).length;
    await w.says('何七', '9月1日至11月10日在乙校支教');
    await w.says('何七', '9月1日在乙校支教1天');
    expect((await records()).length - before).toBe(2);
  });

  it('says that no plan asks for it only if none does', async () => {
    expect(words((await w.says('何八', '昨天参加了县里的教研活动'))[0])).toContain('没有任务要求这项活动');
  });
});
