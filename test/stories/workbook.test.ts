import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { backends } from '../support/store.ts';
import { type World, words, world } from '../support/world.ts';

/** 甲校 helps 乙校, with a bureau coordinator over both; all people are invented. */
const programme = {
  name: '某县结对',
  terms: [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }],
  schools: [{ name: '甲校' }, { name: '乙校' }],
  people: [
    { name: '局联', roles: ['bureau_coordinator'] },
    { name: '李联', school: '甲校', roles: ['coordinator'] },
    { name: '张三', school: '甲校', mobile: '13900000003' },
  ],
  pairings: [{ supporter: '甲校', recipient: '乙校' }],
  plans: [{ use: 'yunxian-minzu' }],
};
const SHEETS: Record<string, SheetData> = {
  项目: [['名称'], ['某县结对']],
  学期: [
    ['名称', '开始', '结束'],
    ['上学期', '2026-09-01', '2027-01-22'],
  ],
  学校: [['名称'], ['甲校'], ['乙校']],
  人员: [
    ['姓名', '学校', '角色', '手机'],
    ['局联', '', '局联络员', ''],
    ['李联', '甲校', '联络员', '13900000002'],
    ['张三', '甲校', '教师', '139 0000 0003'],
    ['王五', '甲校', '教师', '13900000005'],
  ],
  结对: [
    ['支援学校', '受援学校'],
    ['甲校', '乙校'],
  ],
  方案: [['预置方案'], ['yunxian-minzu']],
  台账: [
    ['活动', '日期', '人员', '地点'],
    ['送教', '2026-10-14', '王五', '乙校'],
  ],
};
const book = (changes: Record<string, SheetData> = {}) =>
  writeXlsxFile(Object.entries({ ...SHEETS, ...changes }).map(([sheet, data]) => ({ sheet, data }))).toBuffer();

describe.each(backends)('a workbook sent to the bot (%s)', (backend) => {
  let w: World;
  beforeAll(async () => {
    w = await world({ backend, programme });
  });
  afterAll(() => w.close());

  const sends = async (name: string, bytes: Uint8Array, fileName = '名册.xlsx') => {
    const before = w.inbox(name).length;
    await w.sandbox.sendsFile(w.openId(name), bytes, { fileName });
    await settled();
    return w
      .inbox(name)
      .slice(before)
      .map((m) => `${words(m)}\n${JSON.stringify(m.card)}`)
      .join('\n');
  };
  /** The last file that the bot sent to somebody. */
  const fileFor = async (name: string) => {
    const { content } = w.inbox(name).findLast((m) => m.msgType === 'file')!;
    const upload = await fetch(`${w.sandbox.url}/_sandbox/upload/${content.file_key}`);
    const named = decodeURIComponent(upload.headers.get('content-disposition') ?? '');
    return { named, bytes: new Uint8Array(await upload.arrayBuffer()) };
  };
  /** Until no chore and no notice waits. */
  const settled = async () => {
    for (let i = 0; i < 1_000; i++) {
      await w.quiet();
      const planned = w.core.ctx.db.selectFrom('chore').select('id').where('state', '=', 'planned');
      const [open] = await planned.where('due_at', '<', w.now() + 60_000).execute();
      if (!open) return w.quiet();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('a chore does not end');
  };
  const state = async () => {
    const count = async (table: 'roster' | 'obligation' | 'activity') =>
      Number(
        (
          await w.core.ctx.db
            .selectFrom(table)
            .select((eb) => eb.fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      );
    const { version } = await w.core.ctx.db.selectFrom('programme').select('version').executeTakeFirstOrThrow();
    return [await count('roster'), await count('obligation'), await count('activity'), version];
  };

  test('bad rows are refused with sheet, row and reason, and nothing changes', async () => {
    const before = await state();
    const answer = await sends(
      '局联',
      await book({
        人员: [
          ['姓名', '学校', '角色'],
          ['张三', '丙校', '教师'],
        ],
      }),
    );
    expect(answer).toContain('人员!2');
    expect(answer).toContain('丙校');
    expect(answer).not.toContain('确认导入');
    expect(await sends('局联', Buffer.from('这不是工作簿'))).toContain('不是 .xlsx');
    expect(await sends('局联', await book({ 项目: [['名称'], ['别的项目']] }))).toContain('不是「某县结对」的');
    expect(await state()).toEqual(before);
  });

  test('a preview, then an import of exactly the previewed rows, once', async () => {
    const before = await state();
    const answer = await sends('局联', await book());
    expect(answer).toContain('新增 2，更新 1，不变');
    expect(await state()).toEqual(before);
    // A double click.
    const { messageId } = w.inbox('局联').at(-1)!;
    const press = () => w.sandbox.clicks(w.openId('局联'), messageId, { text: '确认导入' });
    await Promise.all([press(), press()]);
    await settled();
    expect(words(w.inbox('局联').at(-1))).toContain('已导入');
    const after = await state();
    // On a server the version changes again once reports received in the meantime are counted.
    const versions = backend === 'services' ? 2 : 1;
    expect(after).toEqual([before[0]! + 1, before[1], 1, before[3]! + versions]);
    expect(await sends('局联', await book())).toContain('新增 0，更新 0');
    await w.clicks('局联', '取消');
    expect(await state()).toEqual(after);
  });

  test('a partial workbook may refer to stored rows, as in the operator’s command', async () => {
    const part = await writeXlsxFile([
      { sheet: '项目', data: SHEETS.项目! },
      {
        sheet: '台账',
        data: [
          ['活动', '日期', '人员', '地点'],
          ['送教', '2026-10-28', '张三', '乙校'],
        ],
      },
    ]).toBuffer();
    expect(await sends('局联', part)).toContain('新增 1，更新 0');
    await w.clicks('局联', '取消');
    const strange = await writeXlsxFile([
      { sheet: '项目', data: SHEETS.项目! },
      {
        sheet: '台账',
        data: [
          ['活动', '日期', '人员'],
          ['送教', '2026-10-28', '查无此人'],
        ],
      },
    ]).toBuffer();
    expect(await sends('局联', strange)).toContain('查无此人');
  });

  test('a preview that was overtaken by another change is refused', async () => {
    const more = [...(SHEETS.人员 as string[][]), ['孙七', '甲校', '教师', '']];
    await sends('局联', await book({ 人员: more }));
    await w.says('李联', '请假 张三 11-23至11-30 生病');
    await w.clicks('李联', '确认');
    const before = await state();
    const answer = await w.clicks('局联', '确认导入');
    expect(JSON.stringify(answer)).toContain('预览之后名册又有了变化');
    await settled();
    expect(await state()).toEqual(before);
  });

  test("a school's coordinator imports only what is the school's; a teacher's file is not imported", async () => {
    const more = [...(SHEETS.人员 as string[][]), ['孙七', '甲校', '教师', ''], ['周八', '乙校', '教师', '']];
    const answer = await sends('李联', await book({ 人员: more }));
    expect(answer).toContain('乙校/周八');
    expect(answer).not.toContain('甲校/孙七');
    expect(answer).toContain('导入可用的 11 行');
    await w.clicks('李联', '取消');
    expect(await sends('李联', await book({ 人员: more.slice(0, -1) }))).toContain('新增 1，更新 0');
    expect(await sends('张三', await book())).toBe('');
  });

  test('a sender cannot give a role they do not hold, and changed roles are listed separately', async () => {
    const raised = (who: string, role: string) =>
      book({ 人员: (SHEETS.人员 as string[][]).map((row) => (row[0] === who ? [who, row[1]!, role, row[3]!] : row)) });
    const before = await state();
    const answer = await sends('李联', await raised('李联', '联络员、局联络员'));
    expect(answer).toContain('甲校/李联');
    expect(answer).not.toContain('授予');
    expect(answer).not.toMatch(/确认导入|导入可用的/);
    expect(await sends('李联', await raised('张三', '局领导'))).not.toMatch(/确认导入|导入可用的/);
    const refused = await sends('李联', await raised('张三', '教师、校长'));
    expect(refused).toContain('身份变更：甲校/张三，授予 校长');
    expect(refused).toContain('确认导入');
    await w.clicks('李联', '取消');
    expect(await sends('局联', await raised('李联', '教师'))).toContain('身份变更：甲校/李联，授予 教师，取消 联络员');
    await w.clicks('局联', '取消');
    expect(await state()).toEqual(before);
    await sends('局联', await raised('张三', '教师、校长'));
    await w.clicks('局联', '确认导入');
    await settled();
    const log = w.core.ctx.db.selectFrom('audit').select('detail').where('act', '=', 'roles');
    expect((await log.execute()).map((r) => r.detail)).toContain('+principal');
  });

  test("a school's own file: valid rows are imported, the rest is listed, and a template is attached", async () => {
    const before = await state();
    const staffList = await writeXlsxFile([
      {
        sheet: '语文组',
        data: [
          ['2026年秋季教职工花名册'],
          ['序号', '姓名', '性别', '职务', '联系电话', '政治面貌'],
          [1, '张三', '男', '', '', '群众'],
          [2, '吴九', '女', '班主任', '13900000009', '党员'],
          [3, '郑十', '男', '门卫', '', ''],
        ],
      },
      {
        sheet: '送教',
        data: [
          ['日期', '教师', '送教学校', '课时'],
          ['11月4日', '吴九', '乙校', '2课时'],
          ['11月5日', '郑十', '乙校', 1],
        ],
      },
    ]).toBuffer();
    const answer = await sends('李联', staffList, '花名册.xlsx');
    expect(answer).toContain('新增 2，更新 1');
    expect(answer).toContain('没有用到的列：政治面貌');
    expect(answer).toContain('“门卫”不认识');
    expect(answer).toContain('导入可用的 3 行');
    expect((await fileFor('李联')).named).toContain('导入模板');
    expect(await state()).toEqual(before);
    await w.clicks('李联', '导入可用的 3 行');
    await settled();
    const after = await state();
    expect([after[0]! - before[0]!, after[2]! - before[2]!]).toEqual([1, 1]);
    // Roles and telephones missing from a plain list stay as they are.
    expect(await sends('李联', staffList, '花名册.xlsx')).toContain('新增 0，更新 0');
    await w.clicks('李联', '取消');
  });

  test('模板 sends the template with the known data, which changes nothing when sent back', async () => {
    await w.says('李联', '模板');
    await settled();
    expect(await sends('李联', (await fileFor('李联')).bytes, '模板.xlsx')).toContain('新增 0，更新 0');
    await w.clicks('李联', '取消');
    expect(words((await w.says('张三', '模板')).at(-1)!)).toContain('权限');
  });

  test('the ledger comes out and goes in again without changing anything', async () => {
    await w.says('张三', '昨天到乙校上了一节七年级语文');
    await w.says('局联', '导出台账');
    await settled();
    const { bytes } = await fileFor('局联');
    const before = await state();
    const answer = await sends('局联', bytes, '台账.xlsx');
    expect(answer).toContain('新增 0，更新 0');
    expect(answer).not.toContain('不能导入');
    await w.clicks('局联', '确认导入');
    await settled();
    expect((await state())[2]).toBe(before[2]);
  });

  test('people of the file are found by their mobile', async () => {
    // As if the teacher's user were unknown: at night the bot asks Feishu again.
    await w.core.ctx.db.deleteFrom('member').where('open_id', '=', w.openId('张三')).execute();
    await w.advance({ days: 1 });
    await settled();
    const [bound] = await w.core.ctx.db
      .selectFrom('member')
      .select('open_id')
      .where('open_id', '=', w.openId('张三'))
      .execute();
    expect(bound).toBeDefined();
  });
});
