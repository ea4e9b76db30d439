import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

/** All people are invented. 林小满 finishes primary school, 何小雨 moves up; 陈 → 吴 is a mentorship that ends. */
const programme = {
  name: '换届',
  terms: [
    { name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' },
    { name: '2026-2027学年第二学期', start: '2027-02-22', end: '2027-07-09' },
  ],
  schools: [
    { name: '城关小学', kind: 'primary' },
    { name: '万佑小学', kind: 'primary' },
  ],
  people: [
    { name: '陈志远', school: '城关小学' },
    { name: '吴雪', school: '城关小学' },
    { name: '周敏', school: '城关小学', roles: ['coordinator'] },
    { name: '赵联', school: '万佑小学', roles: ['coordinator'] },
  ],
  pairings: [{ supporter: '城关小学', recipient: '万佑小学' }],
  mentorships: [{ mentor: '城关小学/陈志远', mentee: '城关小学/吴雪', from: '2026-09-01', to: '2027-07-09' }],
  care: [
    { mentor: '陈志远', pupil: { name: '林小满', grade: '六年级' } },
    { mentor: '陈志远', pupil: { name: '何小雨', grade: '三年级2班' }, from: '2026-09-01', to: '2027-07-09' },
    { mentor: '吴雪', pupil: { name: '丁小禾', grade: '四年级' } },
  ],
  plans: [
    {
      id: 'p',
      title: '方案',
      requirements: [
        { id: 'talk', title: '谈心', activity: 'talk', subject: 'care', measure: 'times', count: 2, period: 'term' },
      ],
    },
  ],
};

describe.each(backends)('the change of the school year (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme, at: '2027-05-31T08:50' });
    await w.says('陈志远', '今天和何小雨谈心');
  });
  afterAll(() => w.close());
  const says = async (name: string, text: string) => (await w.says(name, text)).map(words).join('\n');
  const roster = async () => {
    const { id } = await w.core.ctx.db.selectFrom('programme').select('id').executeTakeFirstOrThrow();
    return w.core.ctx.programmeOf(w.core.ctx.db, id);
  };

  test('is requested in June, only from coordinators', async () => {
    expect(await says('周敏', '新学年')).toContain('六月起');
    await w.advance({ days: 1, minutes: 30 });
    const card = w.inbox('周敏').findLast((m) => words(m).includes('2027–2028 学年'));
    expect(card).toBeDefined();
    expect(w.inbox('陈志远').map(words).join('\n')).not.toContain('2027–2028 学年');
    expect(await says('陈志远', '新学年')).toContain('没有这个权限');
    await w.clicks('周敏', '开始新学年');
    expect(words(w.inbox('周敏').at(-1))).toContain('帮扶 3 对');
  });

  test('shows what would change, and which rows cannot be imported', async () => {
    const wrong = await w.clicks('周敏', '预览', { start_0: '2027-09-01', end_0: '2027-08-01' });
    expect(JSON.stringify(wrong)).toContain('填写的内容有误');
    const { cares } = await roster();
    const ending = cares.find((c) => c.mentorId !== cares.find((x) => x.to)!.mentorId)!.id;
    const preview = await w.clicks('周敏', '预览', {
      cares: [ending],
      added: '吴雪：唐小棠、秦小竹 一年级',
      promote: 'true',
    });
    const text = JSON.stringify(preview);
    for (const line of ['新学期 2 个', '继续 2 对，结束 2 对', '升级 2 人，毕业 1 人', '新增帮扶 2 对'])
      expect(text).toContain(line);
    expect((await roster()).terms).toHaveLength(2);
  });

  test('once confirmed, relations continue or end as chosen, and the ledger of the year is sent', async () => {
    await w.clicks('周敏', '确认导入');
    await w.advance({ seconds: 5 });
    const { cares, pupils, terms, people } = await roster();
    const name = (id: string) => [...pupils, ...people].find((p) => p.id === id)!.name;
    const rows = cares.map((c) => `${name(c.mentorId)} ${name(c.pupilId)} ${c.from ?? ''}..${c.to ?? ''}`).sort();
    expect(rows).toEqual([
      '吴雪 丁小禾 ..2027-08-31',
      '吴雪 唐小棠 2027-09-01..',
      '吴雪 秦小竹 2027-09-01..',
      '陈志远 何小雨 2027-09-01..2028-07-09',
      '陈志远 林小满 ..2027-08-31',
    ]);
    expect(cares.find((c) => c.from === '2027-09-01' && c.to)!.earlier).toEqual([
      { from: '2026-09-01', to: '2027-07-09' },
    ]);
    expect(terms.map((t) => t.name)).toContain('2027-2028学年第一学期');
    expect(pupils.find((p) => p.name === '何小雨')!.grade).toBe('四年级2班');
    expect(w.inbox('周敏').some((m) => m.msgType === 'file')).toBe(true);
    expect(await says('周敏', '新学年')).toContain('已经办过');
  });

  test('撤销 within a day restores lists, terms and duties; then it can be done again', async () => {
    const fresh = await world({ backend, programme, at: '2027-06-10T09:00' });
    const { db } = fresh.core.ctx;
    const kept = async () => {
      const { id, settings } = await db.selectFrom('programme').selectAll().executeTakeFirstOrThrow();
      const rows = await db
        .selectFrom('roster')
        .select(['kind', 'name', 'body'])
        .orderBy('kind')
        .orderBy('name')
        .execute();
      const duties = await db
        .selectFrom('obligation')
        .selectAll()
        .where('programme_id', '=', id)
        .orderBy('id')
        .execute();
      const { yearsBegun: _, ...rest } = JSON.parse(settings);
      const lists = rows.filter((r) => !r.name.endsWith('唐小棠')).map((r) => ({ ...r, body: JSON.parse(r.body) }));
      return { lists, rest, duties: duties.map(({ since, ...d }) => d) };
    };
    const before = await kept();
    await fresh.says('周敏', '新学年');
    await fresh.clicks('周敏', '预览', { cares: [], added: '吴雪：唐小棠 一年级', promote: 'true' });
    await fresh.clicks('周敏', '确认导入');
    await fresh.advance({ seconds: 5 });
    expect(await kept()).not.toEqual(before);
    await fresh.clicks('周敏', '撤销');
    await fresh.advance({ seconds: 5 });
    expect(await kept()).toEqual(before);
    expect(words((await fresh.says('周敏', '新学年'))[0])).toContain('帮扶 3 对');
    await fresh.clicks('周敏', '预览', { cares: [], promote: 'true' });
    await fresh.clicks('周敏', '确认导入');
    await fresh.advance({ days: 1, minutes: 1 });
    expect(JSON.stringify(await fresh.clicks('周敏', '撤销'))).toContain('已过 24 小时');
    await fresh.close();
  });

  test('last year is read-only: only the coordinator can correct its records', async () => {
    expect(await says('陈志远', '改成两次')).not.toContain('已归档');
    await w.advance({ days: 95 });
    expect(await says('陈志远', '我的记录')).toContain('何小雨');
    expect(await says('陈志远', '撤回')).toContain('已归档');
    expect(await says('陈志远', '今天和何小雨谈心')).toContain('1/2');
    expect(await says('陈志远', '我的任务')).not.toContain('林小满');
  });
});
