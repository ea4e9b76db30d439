/** Six files as a school's secretary keeps them, with their results, in the chat as well. */
import { expect, test } from 'vitest';
import { gbk } from './gbk.ts';
import { oldXls } from './old-xls.ts';
import { gives, xlsx } from './schools.ts';

const ONE = '松溪县第一初级中学';
const short = (id: string | undefined) => id?.split('/')[1];
const blanks = (n: number) => Array.from({ length: n }, () => null);

test('22. a staff list of two sheets, each with its own title, blanks in names, a subtotal', async () => {
  const head = ['编号', '姓  名', '性别', '出生年月', '行政职务', '任教学科及班级', '手机号', '备注'];
  const title = (part: string) => [{ value: `${ONE}教职工基本信息表（${part}）`, columnSpan: 8 }, ...blanks(7)];
  const found = await gives(
    await xlsx({
      七年级组: [
        title('七年级组'),
        [{ value: '填报日期：2026年9月5日          填报人：何文静', columnSpan: 8 }, ...blanks(7)],
        head,
        [1, '高 洁', '女', '1988.05', '年级主任', '语文七（1）', 13900001001, ''],
        [2, '沈  妍', '女', '1995.03', '班主任', '英语七年级', '139 0000 1003', '产假至12月'],
        ['小计：2人', ...blanks(7)],
      ],
      八年级组: [title('八年级组'), head, [1, '陆小曼', '女', '', '见习教师', '音乐', '', '']],
    }),
    '教职工信息.xlsx',
  );
  expect(found.refused).toEqual([]);
  expect(found.people.map((p) => [p.name, p.schoolId, p.roles.join(), p.mobile])).toEqual([
    ['高洁', ONE, 'middle_manager', '13900001001'],
    ['沈妍', ONE, 'teacher', '13900001003'],
    ['陆小曼', ONE, 'teacher', undefined],
  ]);
});

test('23. a visit register: ranges of days, several names in a cell, a time of day, an abbreviated name', async () => {
  const found = await gives(
    await xlsx({
      '2026秋': [
        [{ value: '一中2026年秋季学期教师家访情况统计', columnSpan: 7 }, ...blanks(6)],
        ['序号', '家访日期', '家访人', '被访学生', '家长姓名', '形式', '家访主要情况'],
        [1, '10月8日-10日', '林致远', '小禾', '（父）', '入户', '了解假期学习情况'],
        [2, '11.7', '林致远、周明', '小禾', '', '家访', ''],
        [3, '2026年11月14日下午', '周明', '小满', '', '微信视频', '期中成绩'],
        [4, '11月中旬', '周明', '小满', '', '电话', ''],
        [5, '11/18', '邓老师', '小禾', '', '上门', ''],
        ['合计', '', '', '5人次', '', '', ''],
        [{ value: '说明：家访不少于2人同行。', columnSpan: 7 }, ...blanks(6)],
      ],
    }),
    '家访记录.xlsx',
  );
  expect(found.activities.map((a) => [a.date, a.dateTo, short(a.byId), a.participantIds.length, a.mode])).toEqual([
    ['2026-10-08', '2026-10-10', '林致远', 0, 'visit'],
    ['2026-11-07', undefined, '林致远', 1, 'visit'],
    ['2026-11-14', undefined, '周明', 0, 'online'],
  ]);
  expect(found.refused).toEqual([
    expect.stringMatching(/^2026秋!6: 家访日期（B列）：不能读作日期：11月中旬/),
    expect.stringMatching(/^2026秋!7: 家访人（C列）：名单里没有人员“邓老师”，姓名要写全/),
  ]);
});

test('24. a care list whose title names the school, class and teacher merged over rows', async () => {
  const found = await gives(
    await xlsx({
      Sheet1: [
        [{ value: '石坪乡初级中学2026—2027学年“潜能生”结对帮扶花名册', columnSpan: 7 }, ...blanks(6)],
        ['序号', '班级', '学生姓名', '性别', '薄弱学科', '家长电话', '帮扶教师'],
        [1, { value: '七（1）', rowSpan: 3 }, '小杰', '男', '数学', '13900009001', { value: '罗秀英', rowSpan: 2 }],
        [2, null, '小木', '男', '英语', '', null],
        [3, null, '小荷', '女', '语文、数学', '', '林致远、罗秀英'],
        [4, '八（2）', '', '', '', '', ''],
        ['制表：教导处　　　审核：', ...blanks(6)],
      ],
      Sheet2: [[]],
    }),
    '潜能生花名册.xlsx',
  );
  expect(found.cares.map((c) => [short(c.mentorId), c.pupilId])).toEqual([
    ['罗秀英', '石坪乡初级中学/小杰'],
    ['罗秀英', '石坪乡初级中学/小木'],
    ['林致远', '石坪乡初级中学/小荷'],
    ['罗秀英', '石坪乡初级中学/小荷'],
  ]);
  expect(found.pupils.every((p) => p.grade?.startsWith('七'))).toBe(true);
  expect(found.refused).toEqual([expect.stringMatching(/^Sheet1!6: 学生姓名（C列）：没有写姓名/)]);
});

test('25. an .xls of lessons given: the subject after the name, 听课教师人数', async () => {
  const texts = [
    '送教下乡活动登记表',
    '时间',
    '送教教师',
    '送教学校',
    '课题',
    '节数',
    '听课教师人数',
    '林致远（语文）',
  ];
  const more = ['周明、欧阳兰', '石坪中学', '背影', '同课异构：荷塘月色'];
  const text = (row: number, column: number, n: number) => ({ row, column, text: n });
  const found = await gives(
    oldXls(
      'Sheet1',
      [...texts, ...more],
      [
        text(0, 0, 0),
        ...[1, 2, 3, 4, 5, 6].map((n, column) => text(1, column, n)),
        { row: 2, column: 0, number: 46_309 },
        ...[text(2, 1, 7), text(2, 2, 9), text(2, 3, 10)],
        ...[2, 12].map((number, i) => ({ row: 2, column: 4 + i, number })),
        { row: 3, column: 0, number: 46_344 },
        ...[text(3, 1, 8), text(3, 2, 9), text(3, 3, 11)],
        ...[2, 11].map((number, i) => ({ row: 3, column: 4 + i, number })),
      ],
    ),
    '送教登记.xls',
  );
  expect(found.refused).toEqual([]);
  expect(found.activities.map((a) => [a.date, short(a.byId), a.lessons, a.people])).toEqual([
    ['2026-10-14', '林致远', 2, 12],
    ['2026-11-18', '周明', 2, 11],
  ]);
});

test('26. a GBK .csv of lessons prepared together, by 主备人, with a title and empty columns', async () => {
  const found = await gives(
    gbk(
      '一中集体备课活动登记表,,,,,\r\n活动时间,主备人,参加人员,年级学科,备课内容,备注\r\n2026年10月14日（周三）,周明,周明 林致远,七年级语文,第三单元,\r\n"11月11日,18日",周明,林致远,七年级语文,"一次函数,含作业",\r\n,,,,,\r\n填表人：何文静,,,,,\r\n',
    ),
    '集体备课.csv',
  );
  expect(found.refused).toEqual([]);
  expect(found.activities.map((a) => [a.kind, a.date, short(a.byId), a.topic])).toEqual([
    ['joint_prep', '2026-10-14', '周明', '第三单元'],
    ['joint_prep', '2026-11-11', '周明', '一次函数,含作业'],
    ['joint_prep', '2026-11-18', '周明', '一次函数,含作业'],
  ]);
});

test('27. mentors and mentees under two header rows, from one month to another', async () => {
  const found = await gives(
    await xlsx({
      青蓝工程: [
        [{ value: '“青蓝工程”师徒结对一览表', columnSpan: 6 }, ...blanks(5)],
        [
          { value: '序号', rowSpan: 2 },
          { value: '师傅（城区学校）', columnSpan: 2 },
          null,
          { value: '徒弟', columnSpan: 2 },
          null,
          { value: '结对时间', rowSpan: 2 },
        ],
        [null, '姓名', '职称', '姓名', '教龄', null],
        [1, '林致远', '高级', '罗秀英', 8, '2026.9-2027.7'],
        [2, '周明', '一级', '罗秀英', 3, '2026年9月10日至2027年7月'],
        [3, '欧阳兰', '高级', '罗秀英', '2年', '2026年9月起'],
        [4, '欧阳兰', '高级', '周明', '2年', '2026—2027学年'],
      ],
    }),
    '师徒结对.xlsx',
  );
  expect(found.refused).toEqual([]);
  expect(found.programme!.mentorships.map((m) => [short(m.mentorId), short(m.menteeId), m.from, m.to])).toEqual([
    ['林致远', '罗秀英', '2026-09-01', '2027-07-31'],
    ['周明', '罗秀英', '2026-09-10', '2027-07-31'],
    ['欧阳兰', '罗秀英', '2026-09-01', undefined],
    ['欧阳兰', '周明', '2026-09-01', '2027-08-31'],
  ]);
});
