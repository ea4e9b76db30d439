import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import type { Problem } from '../../src/plan/problems.ts';
import type { ProgrammeInput } from '../../src/plan/programme-file.ts';
import { readRows } from '../../src/workbook/read.ts';
import { agreedRows } from '../../src/workbook/take.ts';
import { presets } from '../plan/presets.ts';
import { templateBytes } from './schools.ts';

const plans = presets();
const book = (sheets: Record<string, SheetData>) =>
  writeXlsxFile(Object.entries(sheets).map(([sheet, data]) => ({ sheet, data }))).toBuffer();
const CALENDAR = { today: '2026-11-20', terms: [{ start: '2026-09-01', end: '2027-01-22' }] };
const readWorkbook = async (
  bytes: Uint8Array,
  file: string,
): Promise<{ programme: ProgrammeInput } | { problems: Problem[] }> => {
  const taken = await agreedRows(await readRows(bytes, file, CALENDAR), { presets: plans }, async () => new Map());
  const { programme, problems } = taken;
  return problems.length > 0 || !programme ? { problems } : { programme };
};
const read = async (sheets: Record<string, SheetData>) => readWorkbook(await book(sheets), '名册.xlsx');
const problems = async (sheets: Record<string, SheetData>) => {
  const found = await read(sheets);
  return 'problems' in found ? found.problems.map((p) => `${p.path}: ${p.message}`) : [];
};

const BASE: Record<string, SheetData> = {
  项目: [['名称'], ['某县结对']],
  学校: [
    ['校名', '简称', '类别'],
    ['甲校', '甲、甲小', '小学'],
    ['乙校', '乙', '小学'],
  ],
  人员: [
    ['姓名', '学校', '角色', '手机'],
    ['张三', '甲校', '教师、联络员', 13800000001],
    ['李四', '乙', '教师', ''],
  ],
  结对: [
    ['支援学校', '受援学校', '支援类型', '成员'],
    ['甲校', '乙校', '教学、物资', '张三'],
  ],
};

test('the template is a workbook that imports as it is', async () => {
  const found = await readWorkbook(await templateBytes(), 'template.xlsx');
  expect(found).not.toHaveProperty('problems');
  const { programme } = found as Extract<typeof found, { programme: unknown }>;
  expect(programme.name).toBe('示例结对帮扶项目');
  expect(programme.people.map((p) => [p.name, p.roles.join()])).toEqual([
    ['甲老师', 'teacher,coordinator'],
    ['乙老师', 'teacher'],
  ]);
  expect(programme.cares[0]).toMatchObject({
    mentorId: '示例中学/甲老师',
    pupilId: '示例中学/小甲',
    from: '2026-09-01',
  });
  expect(programme.plans.map((use) => use.plan.id)).toEqual(['yunxian-minzu']);
  expect(programme.activities).toMatchObject([
    { kind: 'demo_lesson', date: '2026-10-14', placeId: '示例乡中学', lessons: 1 },
  ]);
});

test('gives the same values for Chinese and English headers, and for dates as cells, numbers or words', async () => {
  const zh = await read({
    ...BASE,
    学期: [
      ['名称', '开始', '结束'],
      ['上学期', { value: new Date('2026-09-01T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' }, '2027年1月22日'],
    ],
    帮扶关系: [
      ['帮扶教师', '学生', '年级', '开始'],
      ['张三', '小一', 3, 46266],
    ],
    方案: [
      ['方案', '适用结对'],
      ['care-pupils', '甲校→乙校'],
    ],
    台账: [
      ['活动', '日期', '人员', '学生', '方式'],
      ['家访', '2026/10/8、2026.10.15', '张三', '小一', '电话'],
    ],
  });
  const en = await read({
    programme: [['name'], ['某县结对']],
    schools: [
      ['name', 'short', 'kind'],
      ['甲校', '甲,甲小', 'primary'],
      ['乙校', '乙', 'primary'],
    ],
    people: [
      ['name', 'school', 'roles', 'mobile'],
      ['张三', '甲校', 'teacher, coordinator', '13800000001'],
      ['李四', '乙', 'teacher', ''],
    ],
    pairings: [
      ['supporter', 'recipient', 'kinds', 'team'],
      ['甲校', '乙校', 'teaching,goods', '张三'],
    ],
    terms: [
      ['name', 'start', 'end'],
      ['上学期', '2026-09-01', '2027-01-22'],
    ],
    care: [
      ['mentor', 'pupil', 'grade', 'from'],
      ['张三', '小一', '3', '2026-09-01'],
    ],
    plans: [
      ['use', 'pairings'],
      ['care-pupils', '甲校→乙校'],
    ],
    activities: [
      ['kind', 'date', 'by', 'pupils', 'mode'],
      ['home_visit', '2026-10-08、2026-10-15', '张三', '小一', 'phone'],
    ],
  });
  expect(zh).not.toHaveProperty('problems');
  expect(zh).toEqual(en);
  expect((zh as { programme: { terms: unknown } }).programme.terms).toEqual([
    { name: '上学期', start: '2026-09-01', end: '2027-01-22' },
  ]);
});

test('each bad row is returned with its sheet, row, column and reason', async () => {
  expect(
    await problems({
      ...BASE,
      人员: [['姓名', '学校', '角色'], ['张三', '甲校', '校工'], [], ['李四', '丙校', '教师']],
    }),
  ).toEqual([
    expect.stringMatching(/^人员!2: 角色（C列）：“校工”不认识，可以写：教师、老师、.*联络员/),
    expect.stringMatching(/^人员!4: 学校（B列）：名单里没有学校“丙校”/),
    // Rows that name a refused row are refused too.
    expect.stringMatching(/^结对!2: 成员（D列）：名单里没有人员“张三”/),
  ]);
  expect(
    await problems({
      ...BASE,
      学期: [
        ['名称', '开始', '结束'],
        ['上学期', '九月初', '2027-01-22'],
      ],
    }),
  ).toEqual([expect.stringMatching(/^学期!2: 开始（B列）：不能读作日期：九月初/)]);
  expect(await problems({ 学校: BASE.学校! })).toEqual([expect.stringContaining('缺少项目名称')]);
});

describe('files that are not workbooks, and harmful ones', () => {
  const refusal = async (bytes: Uint8Array) => {
    const found = await readWorkbook(bytes, 'x.xlsx');
    return 'problems' in found ? found.problems[0]!.message : 'taken';
  };
  const sheet = (xml: string) => ({
    '[Content_Types].xml': Buffer.from('<Types/>'),
    'xl/workbook.xml': Buffer.from('<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    'xl/worksheets/sheet1.xml': Buffer.from(xml),
  });

  test('noise, an empty file, some other zip, half a workbook', async () => {
    expect(await refusal(Buffer.from('not a zip at all'))).toContain('不是 .xlsx');
    expect(await refusal(Buffer.alloc(0))).toContain('不是 .xlsx');
    expect(await refusal(zipSync({ 'a.txt': Buffer.from('hello') }))).toContain('不是 .xlsx');
    const workbook = await book(BASE);
    expect(await refusal(workbook.subarray(0, workbook.length / 2))).toContain('不是 .xlsx');
  });

  test('a bomb is refused before it is unpacked', async () => {
    const bomb = zipSync(sheet(' '.repeat(70_000_000)), { level: 9 });
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusal(bomb)).toContain('解压后太大');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000);
    expect(await refusal(Buffer.alloc(6_000_000))).toContain('超过 5 MB');
    const parts = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`xl/${i}.xml`, Buffer.from('<a/>')]));
    expect(await refusal(zipSync(parts))).toContain('部件太多');
  });

  test('a zip bomb that understates its size is cut off at the stated size', async () => {
    const bomb = Buffer.from(zipSync(sheet(`<worksheet>${' '.repeat(70_000_000)}</worksheet>`), { level: 9 }));
    for (const mark of [0x04034b50, 0x02014b50])
      for (let at = bomb.indexOf(number(mark)); at >= 0; at = bomb.indexOf(number(mark), at + 4)) {
        const size = at + (mark === 0x04034b50 ? 22 : 24);
        if (bomb.readUInt32LE(size) > 1_000_000) bomb.writeUInt32LE(1000, size);
      }
    const begun = performance.now();
    expect(await refusal(bomb)).not.toBe('taken');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test('a cell far outside', async () => {
    const far = sheet(
      '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    );
    expect(await refusal(zipSync(far))).toContain('行或');
  });
});

const number = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
};
