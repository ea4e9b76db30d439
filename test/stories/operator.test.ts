import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { stringify } from 'yaml';
import { runCommand } from '../../src/cli/index.ts';
import { listProgrammes } from '../../src/store/programmes.ts';
import { backends } from '../support/store.ts';
import { type World, world } from '../support/world.ts';

/** 甲校 helps 乙校; all people are invented. */
const programme = {
  name: '某县结对',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '张三', school: '甲校' },
    { name: '王五', school: '甲校' },
    { name: '孙六', school: '甲校' },
    { name: '李联', school: '甲校', roles: ['coordinator'] },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校' }],
  care: [
    { mentor: '张三', pupil: '小一' },
    // A pupil with a teacher's name.
    { mentor: '李联', pupil: '孙六' },
  ],
  plans: [{ use: 'yunxian-minzu' }, { use: 'care-pupils' }],
  activities: [{ kind: 'talk', date: '2026-11-10', by: '张三', pupils: ['小一'] }],
};

describe.each(backends)('operator commands (%s)', (backend) => {
  let w: World;
  let dir: string;
  beforeAll(async () => {
    w = await world({ backend, programme });
    dir = mkdtempSync(join(tmpdir(), 'jiedui-operator-'));
  });
  afterAll(async () => {
    await w.close();
    rmSync(dir, { recursive: true });
  });

  const jiedui = async (...args: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const io = { out: (s: string) => void out.push(s), err: (s: string) => void err.push(s), cwd: dir };
    const code = await runCommand(args, io, w.core.ctx.config, w.core);
    return { code, out: out.join(''), err: err.join('') };
  };
  /** Every row that a file or a command could change, as text. */
  const stored = async () => {
    const tables = ['programme', 'roster', 'obligation', 'activity', 'feed', 'notice', 'member', 'chore'] as const;
    const rows = await Promise.all(tables.map((t) => w.core.ctx.db.selectFrom(t).selectAll().execute()));
    return rows.map((list) => list.map((row) => JSON.stringify(row)).sort());
  };
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(dir, name), content);
    return name;
  };

  test('a malformed file changes nothing, and says where', async () => {
    const before = await stored();
    const yaml = (changes: object) => stringify({ ...programme, ...changes });
    const requirement = { id: 'x', title: 'x', activity: 'talk', subject: 'care', measure: 'times', period: 'moon' };
    const bad: [string, string | Uint8Array, string][] = [
      ['a.yaml', 'name: [', 'line 1'],
      ['b.yaml', yaml({ plans: [{ use: 'no-such-plan' }] }), 'plans[0].use'],
      [
        'c.yaml',
        yaml({ plans: [{ id: 'own', title: 'own', requirements: [requirement] }] }),
        'plans[0].requirements[0]',
      ],
      ['d.yaml', yaml({ care: [{ mentor: '无此人', pupil: '小一' }] }), 'care[0].mentor'],
      ['e.yaml', yaml({ people: [{ name: '新人', school: '甲校', roles: ['janitor'] }] }), 'people[0].roles'],
      ['f.xlsx', 'no workbook', '不是 .xlsx'],
      [
        'g.xlsx',
        await writeXlsxFile([
          {
            sheet: '人员',
            data: [
              ['姓名', '学校'],
              ['新人', '丙校'],
            ],
          },
        ]).toBuffer(),
        '人员!2: 学校（B列）',
      ],
    ];
    for (const [name, content, says] of bad) {
      const { code, err } = await jiedui('import', file(name, content));
      expect([name, code]).toEqual([name, 1]);
      expect(err).toContain(says);
      expect(err).toContain('nothing was imported');
    }
    const dry = await jiedui(
      'import',
      file('h.yaml', yaml({ schools: [...programme.schools, { name: '丙校' }] })),
      '--dry',
    );
    expect(dry.out).toContain('new      schools 丙校');
    expect(await stored()).toEqual(before);
  });

  test("the valid rows of a school's own file are imported, unless all or nothing is requested", async () => {
    const before = await stored();
    const name = file(
      'roll.csv',
      '甲校教职工名册\n序号,姓名,职务,联系电话,籍贯\n1,冯立,教师,13900000071,福建\n2,邓伟,保安,,\n注：以上人员截至九月。,,,,\n',
    );
    const strict = await jiedui('import', name, '--strict');
    expect(strict).toMatchObject({ code: 1, out: '' });
    expect(strict.err).toContain('“保安”不认识，可以写：教师、');
    expect(await stored()).toEqual(before);
    const dry = await jiedui('import', name, '--dry');
    expect(dry.out).toContain('new      people 甲校/冯立');
    expect(dry.out).toContain('; 1 rows refused');
    expect(dry.err).toContain('roll!4: 职务（C列）');
    expect(dry.err).toContain('籍贯');
    expect(await stored()).toEqual(before);
    expect((await jiedui('import', name)).out).toContain('imported ');
    expect((await jiedui('import', name)).out).toContain(' 0 new, 0 changed');
  });

  test('the template is written once, and imports', async () => {
    expect((await jiedui('template', 't.xlsx')).code).toBe(0);
    const bytes = readFileSync(join(dir, 't.xlsx'));
    expect((await jiedui('template', 't.xlsx')).code).toBe(1);
    expect(readFileSync(join(dir, 't.xlsx'))).toEqual(bytes);
    expect((await jiedui('import', 't.xlsx')).out).toContain('imported 示例结对帮扶项目');
    expect((await jiedui('import', 't.xlsx')).out).toContain(' 0 new, 0 changed');
  });

  test('owed --why explains each duty of a person', async () => {
    const { out } = await jiedui('owed', '--on', '2026-11-20', '--person', '张三', '--why');
    expect(out).toContain('依据：');
    expect(out).toContain('计入：2026-11-10');
    const json = JSON.parse((await jiedui('owed', '--on', '2026-11-20', '--person', '张三', '--why', '--json')).out);
    expect(json.find((e: { counted: unknown[] }) => e.counted.length > 0)).toMatchObject({ subject: '小一' });
  });

  test('a term is rehearsed without sending or storing anything', async () => {
    const before = await stored();
    const { out, code } = await jiedui('rehearse', '--from', '2026-11-01', '--to', '2026-12-31');
    expect(code).toBe(0);
    expect(out).toMatch(/2026-11-01 to 2026-12-31: [1-9]\d* messages/);
    expect(out).toMatch(/busiest day: 2026-1[12]-\d\d/);
    expect(out).toMatch(/2026-12 {2}\d+ of a free tenant's 10,000 calls/);
    const cards = (await jiedui('rehearse', '--from', '2026-11-01', '--to', '2026-12-31', '--person', '张三')).out;
    expect(cards).toMatch(/2026-11-\d\d 09:07\n {2}\S*\d+ 件事/);
    expect(await stored()).toEqual(before);
  });

  test('personnel changes work here too', async () => {
    expect((await jiedui('change', 'replace', '张三', '王五', '--on', '2026-12-01')).out).toBe('changed\n');
    const guidance = async () => {
      const { out } = await jiedui('owed', '--on', '2026-12-02', '--person', '王五', '--json');
      const rows = JSON.parse(out) as { requirement: string; state: string; period: { start: string } }[];
      return rows.filter((o) => o.requirement === 'guide.monthly').map((o) => `${o.period.start} ${o.state}`);
    };
    expect(await guidance()).toEqual(['2026-12-01 open', '2027-01-01 upcoming']);
    expect((await jiedui('change', 'waive', '王五', '--reason', '住院', '--requirement', 'guide.monthly')).code).toBe(
      0,
    );
    expect(await guidance()).toEqual(['2026-12-01 waived', '2027-01-01 waived']);
    expect((await jiedui('change', 'leave', '王五')).code).toBe(2);
    expect((await jiedui('change', 'pupil-leaves', '小二')).code).toBe(2);
    expect((await jiedui('change', 'mentorship-begins', '张三', '王五')).out).toBe('changed\n');
    expect((await jiedui('change', 'care-begins', '王五')).code).toBe(2);
    expect((await jiedui('change', 'care-begins', '王五', '小新', '--on', '2026-12-01')).out).toBe('changed\n');
  });

  test('a waiver resolves a name to the same person as the chat does', async () => {
    const { ctx } = w.core;
    const waived = async () => {
      const [first] = await listProgrammes(ctx.db);
      const { waivers } = await ctx.programmeOf(ctx.db, first!.id);
      return waivers.map((one) => (one.pupilId ? 'a pupil' : 'a person')).sort();
    };
    const before = await waived();
    const waive = (...args: string[]) => jiedui('change', 'waive', ...args, '--reason', '住院');
    expect((await waive('学生孙六', '--from', '2026-12-01')).code).toBe(0);
    expect(await waived()).toEqual([...before, 'a pupil'].sort());
    expect((await waive('孙六')).code).toBe(0);
    expect(await waived()).toEqual([...before, 'a person', 'a pupil'].sort());
    expect((await waive('孙六', '--from', '2026-12-10', '--to', '2026-12-01')).code).toBe(2);
  });

  test('thirty days before the last known term ends, the coordinator is asked for the next', async () => {
    const asked = () => w.inbox('李联').filter((m) => JSON.stringify(m.card).includes('请录入下学期')).length;
    await w.advance({ days: 27 }); // 17 December
    expect(asked()).toBe(0);
    await w.advance({ days: 7 });
    expect(asked()).toBe(1);
    await w.advance({ days: 7 });
    expect(asked()).toBe(1);
  });
});
