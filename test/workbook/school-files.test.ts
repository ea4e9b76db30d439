/** Fifteen files in shapes that schools keep, with their results. */
import { expect, test } from 'vitest';
import { gives, rawXlsx, textCell, xlsx } from './schools.ts';

const ONE = '松溪县第一初级中学';

test('1. a ledger with a merged title, serial numbers, a total and notes at the bottom', async () => {
  const found = await gives(
    await xlsx({
      Sheet1: [
        [{ value: '2026—2027学年第一学期送教下乡活动台账', columnSpan: 7 }, null, null, null, null, null, null],
        ['填报单位：松溪县第一初级中学', null, null, null, null, '填报人：何文静', null],
        ['序号', '活动日期', '授课教师', '送教学校', '学科', '课时', '备注'],
        [1, '2026.9.15', '林致远', '石坪乡初级中学', '语文', '2课时', ''],
        [2, '10月14日', '周  明', '石坪中学', '数学', 1, '天气好'],
        [3, '20261104', '欧阳兰老师', '石坪中学', '英语', '两节', ''],
        [4, null, null, null, null, null, null],
        ['合计', null, null, null, null, '5课时', null],
        ['注：本表每月25日前报教导处。', null, null, null, null, null, null],
      ],
    }),
    '送教台账.xlsx',
  );
  expect(found.refused).toEqual([]);
  expect(found.activities.map((a) => [a.kind, a.date, a.byId, a.placeId, a.subject, a.lessons])).toEqual([
    ['demo_lesson', '2026-09-15', `${ONE}/林致远`, '石坪乡初级中学', '语文', 2],
    ['demo_lesson', '2026-10-14', `${ONE}/周明`, '石坪乡初级中学', '数学', 1],
    ['demo_lesson', '2026-11-04', `${ONE}/欧阳兰`, '石坪乡初级中学', '英语', 2],
  ]);
  expect(found.notes.join()).toContain('第 8、9 行');
});

test('2. a visit register: the kind is in the title, the place is a home, several pupils and teachers in a cell', async () => {
  const found = await gives(
    await xlsx({
      '11月': [
        ['教师家访登记表'],
        ['序号', '家访时间', '家访教师', '学生姓名', '班级', '家访方式', '家访地点', '家访内容', '家长签字'],
        [1, '11.2-11.6', '林致远 周明', '小禾、小满', '七（2）班', '实地', '学生家中', '了解暑假作息', '（签字）'],
        [2, '11月9日', '林致远', '小禾', '七（2）班', '电话家访', '', '期中情况', ''],
        [3, '2026/11/10', '林致远', '小树', '七（2）班', '上门', '', '', ''],
      ],
    }),
    '家访.xlsx',
  );
  expect(found.activities.map((a) => [a.kind, a.date, a.dateTo, a.byId, a.participantIds.length, a.mode])).toEqual([
    ['home_visit', '2026-11-02', '2026-11-06', `${ONE}/林致远`, 1, 'visit'],
    ['home_visit', '2026-11-09', undefined, `${ONE}/林致远`, 0, 'phone'],
  ]);
  expect(found.activities[0]!.pupilIds).toEqual([`${ONE}/小禾`, `${ONE}/小满`]);
  expect(found.refused).toEqual([expect.stringMatching(/^11月!5: 学生姓名（D列）：名单里没有学生“小树”/)]);
  expect(found.notes.join()).toContain('家长签字');
});

test("3. a care list with the teacher's cell merged over the rows", async () => {
  const found = await gives(
    await xlsx({
      帮扶安排: [
        ['潜能生结对帮扶安排表'],
        ['序号', '帮扶教师', '学生', '班级', '类别'],
        [1, { value: '林致远', rowSpan: 3 }, '小禾', '七（2）班', '潜能生'],
        [2, null, '小青', '七（2）班', '潜能生'],
        [3, null, '小石', '七（3）班', '困难生'],
        [4, '周明', '小满', '', ''],
      ],
    }),
    '帮扶安排.xlsx',
  );
  expect(found.refused).toEqual([]);
  expect(found.cares.map((c) => [c.mentorId.split('/')[1], c.pupilId.split('/')[1], c.kind, c.from])).toEqual([
    ['林致远', '小禾', '潜能生', '2026-09-01'],
    ['林致远', '小青', '潜能生', undefined],
    ['林致远', '小石', '困难生', undefined],
    ['周明', '小满', undefined, undefined],
  ]);
});

test("4. a staff list of the sender's school without a school column, posts in words, identity card numbers ignored", async () => {
  const found = await gives(
    await xlsx({
      教职工花名册: [
        ['2026年秋季教职工花名册'],
        ['序号', '姓名', '性别', '身份证号', '民族', '职务', '职称', '联系电话', '出生年月'],
        [1, '何文静', '女', '350000199001010000', '汉', '', '一级教师', 13900000011, '1990.01'],
        [2, '唐立', '男', '350000199001010001', '汉', '教务主任', '高级教师', '139 0000 0012', '1985.06'],
        [3, '蒋云', '女', '350000199001010002', '畲', '语文教师、班主任', '', '13900000013', ''],
        [4, '方大勇', '男', '', '', '门卫', '', '', ''],
        [5, '', '女', '', '', '教师', '', '', ''],
      ],
    }),
    '名册.xlsx',
  );
  expect(found.people.map((p) => [p.name, p.schoolId, p.roles.join()])).toEqual([
    ['何文静', ONE, 'coordinator'],
    ['唐立', ONE, 'middle_manager'],
    ['蒋云', ONE, 'teacher,teacher'],
  ]);
  expect(JSON.stringify(found.programme)).not.toContain('350000');
  expect(found.refused).toEqual([
    expect.stringMatching(/^教职工花名册!6: 职务（F列）：“门卫”不认识，可以写：教师、/),
    expect.stringMatching(/^教职工花名册!7: 姓名（B列）：没有写姓名/),
  ]);
  expect(found.notes.join()).toMatch(/身份证号、民族、职称/);
});

test('5. a header over two rows, merged across and down', async () => {
  const found = await gives(
    await xlsx({
      Sheet1: [
        ['师徒结对一览表'],
        [
          { value: '序号', rowSpan: 2 },
          { value: '师傅', columnSpan: 2 },
          null,
          { value: '徒弟', columnSpan: 2 },
          null,
          { value: '结对时间', rowSpan: 2 },
        ],
        [null, '姓名', '学科', '姓名', '学科', null],
        [1, '林致远', '语文', '周明', '语文', '2026年9月10日'],
      ],
    }),
    '师徒.xlsx',
  );
  expect(found.refused).toEqual([]);
  expect(found.programme!.mentorships).toMatchObject([
    { mentorId: `${ONE}/林致远`, menteeId: `${ONE}/周明`, from: '2026-09-10' },
  ]);
});

test('6. a GBK .csv, as a Chinese Windows saves it', async () => {
  // 日期,教师,学生 / 2026-11-03 00:00:00,周明,小满
  const gbk = Buffer.from(
    'c8d5c6da2cbdcccaa62cd1a7c9fa0d0a323032362d31312d30332030303a30303a30302cd6dcc3f72cd0a1c2fa0d0a',
    'hex',
  );
  const found = await gives(gbk, '谈心记录.csv');
  expect(found.refused).toEqual([]);
  expect(found.activities).toMatchObject([{ kind: 'talk', date: '2026-11-03', byId: `${ONE}/周明` }]);
});

test('7. a UTF-8 .csv with a byte order mark, quotes and a comma inside', async () => {
  const csv =
    '\ufeff日期,类型,姓名,地点,内容\r\n2026-10-20,听课,周明,一中,"观课,议课"\r\n9月3日,集体备课,林致远,石坪中学,\r\n';
  const found = await gives(Buffer.from(csv), '记录.csv');
  expect(found.refused).toEqual([]);
  expect(found.activities).toMatchObject([
    { kind: 'observe', date: '2026-10-20', topic: '观课,议课' },
    { kind: 'joint_prep', date: '2026-09-03', placeId: '石坪乡初级中学' },
  ]);
});

test('8. an .xls, a renamed one and a web page get one sentence each', async () => {
  const xls = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]);
  expect((await gives(xls, '台账.xls')).refused.join()).toContain('另存为 .xlsx');
  expect((await gives(xls, '台账.xlsx')).refused.join()).toContain('另存为 .xlsx');
  const page = Buffer.from('<html><table><tr><td>日期</td></tr></table></html>');
  expect((await gives(page, '台账.xls')).refused.join()).toContain('另存为 .xlsx');
  const fine = await gives(
    await xlsx({
      谈话: [
        ['日期', '教师', '学生'],
        ['11月3日', '周明', '小满'],
      ],
    }),
    '谈话.xls',
  );
  expect(fine.rows).toBe(1);
});

test('9. formula errors, formulas without a value and days from 1904', async () => {
  const header = [textCell('A1', '日期'), textCell('B1', '教师'), textCell('C1', '学生')].join('');
  const book = rawXlsx(
    '家访',
    [
      header,
      `<c r="A2"><v>44866</v></c>${textCell('B2', '林致远')}${textCell('C2', '小禾')}`,
      `<c r="A3"><v>44867</v></c><c r="B3" t="e"><f>VLOOKUP(1,A:A,1)</f><v>#N/A</v></c>${textCell('C3', '小禾')}`,
      `<c r="A4"><v>44868</v></c><c r="B4" t="str"><f>B2</f></c>${textCell('C4', '小禾')}`,
    ],
    ' date1904="1"',
  );
  const found = await gives(book, '家访.xlsx');
  expect(found.activities.map((a) => a.date)).toEqual(['2026-11-02']);
  expect(found.refused).toEqual([
    expect.stringMatching(/^家访!3: 教师（B列）：公式出错（#N\/A）/),
    expect.stringMatching(/^家访!4: 教师（B列）：公式还没有算出结果/),
  ]);
});

test('10. gifts with amounts: numbers with units and commas, one sum over several rows counted once', async () => {
  const found = await gives(
    await xlsx({
      捐赠: [
        ['捐赠物资登记表'],
        ['日期', '经办教师', '受赠学校', '物品名称', '数量', '计量单位', '折合金额（元）'],
        ['10月20日', '林致远', '石坪中学', '图书', '1,200册', '', { value: '约 1.2 万元', rowSpan: 2 }],
        ['10月20日', '林致远', '石坪中学', '书架', 4, '个', null],
        ['11月5日', '周明', '石坪中学', '书包20个、水杯 20 只', '', '', '1,800'],
      ],
    }),
    '捐赠.xlsx',
  );
  expect(found.refused).toEqual([]);
  expect(found.activities.map((a) => [a.toId, a.valueYuan, a.items])).toEqual([
    ['石坪乡初级中学', 12000, [{ name: '图书', qty: 1200 }]],
    ['石坪乡初级中学', undefined, [{ name: '书架', qty: 4, unit: '个' }]],
    [
      '石坪乡初级中学',
      1800,
      [
        { name: '书包', qty: 20, unit: '个' },
        { name: '水杯', qty: 20, unit: '只' },
      ],
    ],
  ]);
});

test('11. several lists in one workbook under the school’s own names, one of them not a list at all', async () => {
  const found = await gives(
    await xlsx({
      封面: [['松溪县第一初级中学帮扶资料']],
      语文组: [
        ['姓名', '单位', '手机号码'],
        ['许安', '一中', '13900000021'],
      ],
      初一: [
        ['学生姓名', '帮扶教师', '年级'],
        ['小舟', '许安', '七年级'],
      ],
      成绩: [
        ['考号', '语文', '数学'],
        [1, 90, 80],
      ],
    }),
    '帮扶资料.xlsx',
  );
  expect(found.refused).toEqual([]);
  expect(found.people.map((p) => p.name)).toEqual(['许安']);
  expect(found.cares.map((c) => c.id)).toEqual([`${ONE}/许安→${ONE}/小舟`]);
  expect(found.notes.join()).toMatch(/“封面”没有认出.*“成绩”没有认出/);
});

test('12. names of 95 letters, and blank ones, are refused with sheet, row and column', async () => {
  const long = '长'.repeat(95);
  const found = await gives(
    await xlsx({
      人员表: [
        ['姓名', '学校', '职务'],
        [long, '一中', '教师'],
        ['   ', '一中', '教师'],
        ['程晓', '  ', '教师'],
        ['程晓', '石坪中学', '教师'],
      ],
    }),
    '人员表.xlsx',
  );
  expect(found.people.map((p) => p.id)).toEqual(['石坪乡初级中学/程晓']);
  expect(found.refused).toEqual([
    expect.stringMatching(/^人员表!2: 姓名（A列）：名称有 95 个字/),
    expect.stringMatching(/^人员表!3: 姓名（A列）：没有写姓名/),
    expect.stringMatching(/^人员表!4: 学校（B列）：没有写学校/),
  ]);
});

test('13. a printed ledger of several pages: the header repeats, with section lines between', async () => {
  const header = ['日期', '活动形式', '责任人', '地点', '参加人数'];
  const found = await gives(
    await xlsx({
      第一学期: [
        ['结对帮扶活动记录'],
        header,
        [{ value: '一、九月', columnSpan: 5 }, null, null, null, null],
        ['9月10日', '专题讲座', '林致远', '石坪中学', '35人'],
        header,
        ['9月24日、10月15日', '听评课', '周明', '石坪中学', 12],
        ['10月', '教研', '周明', '石坪中学', 12],
      ],
    }),
    '记录.xlsx',
  );
  expect(found.activities.map((a) => [a.kind, a.date, a.people])).toEqual([
    ['lecture', '2026-09-10', 35],
    ['observe', '2026-09-24', 12],
    ['observe', '2026-10-15', 12],
  ]);
  expect(found.refused).toEqual([expect.stringMatching(/^第一学期!7: 日期（A列）：不能读作日期：10月/)]);
});

test("14. a bureau's pairings, with short school names and stray blanks", async () => {
  const found = await gives(
    await xlsx({
      '2026': [
        ['松溪县义务教育学校结对帮扶安排'],
        ['序号', '城区学校', '乡村学校', '起始时间'],
        [1, '松溪县 第一初级中学', '石坪中学', '2026年9月'],
        [2, '一中', '石坪中学', '2026-09-01 00:00:00'],
      ],
    }),
    '安排.xlsx',
  );
  expect(found.programme!.pairings).toMatchObject([
    { supporterId: ONE, recipientId: '石坪乡初级中学', from: '2026-09-01' },
  ]);
  expect(found.refused).toEqual([expect.stringMatching(/^2026!4: .*结对重复/)]);
});

test('15. a ledger that does not say what its activities are, and a date that became a number', async () => {
  const silent = await gives(
    await xlsx({
      一: [
        ['日期', '教师', '班级'],
        ['9月3日', '周明', '七年级'],
      ],
    }),
    '一.xlsx',
  );
  expect(silent.refused).toEqual([expect.stringMatching(/^一!2: 看不出是什么活动：请加一列“活动”，可以写：送教、/)]);
  const numbers = await gives(
    await xlsx({
      家访: [
        ['日期', '教师', '学生'],
        [9.1, '周明', '小满'],
        ['9.10', '周明', '小满'],
      ],
    }),
    'x.xlsx',
  );
  expect(numbers.activities.map((a) => a.date)).toEqual(['2026-09-10']);
  expect(numbers.refused).toEqual([expect.stringMatching(/^家访!2: 日期（A列）：9.1 被存成了数字/)]);
});
