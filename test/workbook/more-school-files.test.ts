/** Six more files in shapes that schools keep, with their results. */
import { expect, test } from 'vitest';
import { gives, xlsx } from './schools.ts';
import { blanks, careList, ledger, register, staff } from './six-files.ts';

const ONE = '松溪县第一初级中学';
const short = (id: string | undefined) => id?.split('/')[1];

test('16. a ledger whose dates are merged over the lessons of a day', async () => {
  const found = await gives(await ledger.bytes(), ledger.name);
  expect(found.refused).toEqual([]);
  expect(found.activities.map((a) => [a.date, short(a.byId), a.placeId, a.lessons])).toEqual([
    ['2026-10-14', '林致远', '石坪乡初级中学', 1],
    ['2026-10-14', '周明', '石坪乡初级中学', 2],
    ['2026-10-14', '欧阳兰', '石坪乡初级中学', 1],
    ['2026-11-04', '林致远', '石坪乡初级中学', 1],
    ['2026-11-04', '周明', '石坪乡初级中学', 1],
  ]);
});

test('17. a visit register by pupil, with a column per month', async () => {
  const found = await gives(await register.bytes(), register.name);
  expect(found.activities.map((a) => [a.kind, a.date, short(a.byId), a.pupilIds.map(short).join()])).toEqual([
    ['home_visit', '2026-09-12', '林致远', '小禾'],
    ['home_visit', '2026-10-17', '林致远', '小禾'],
    ['home_visit', '2026-10-24', '林致远', '小禾'],
    ['home_visit', '2026-11-07', '林致远', '小禾'],
  ]);
  expect(found.refused).toEqual([expect.stringMatching(/^Sheet1!4: 11月（G列）：只写了“√”，请写是哪一天/)]);
});

test('17b. the same with the months under 家访时间, and with 第一次, 第二次', async () => {
  const months = await gives(
    await xlsx({
      家访: [
        [{ value: '学生', rowSpan: 2 }, { value: '教师', rowSpan: 2 }, { value: '家访时间', columnSpan: 2 }, null],
        [null, null, '九月', '十月'],
        ['小禾', '林致远', '12日', '17、24'],
      ],
    }),
    'x.xlsx',
  );
  expect(months.activities.map((a) => a.date)).toEqual(['2026-09-12', '2026-10-17', '2026-10-24']);
  const occasions = await gives(
    await xlsx({
      谈心: [
        ['学生姓名', '帮扶教师', '第一次', '第二次'],
        ['小满', '周明', '9月8日', '2026.10.9'],
      ],
    }),
    'x.xlsx',
  );
  expect(occasions.activities.map((a) => [a.kind, a.date])).toEqual([
    ['talk', '2026-09-08'],
    ['talk', '2026-10-09'],
  ]);
});

test('18. a staff list with two header rows, the lower one below 任教情况', async () => {
  const found = await gives(await staff.bytes(), staff.name);
  expect(found.refused).toEqual([]);
  expect(found.people.map((p) => [p.name, p.schoolId, p.sex, p.roles.join(), p.mobile])).toEqual([
    ['唐立', ONE, '男', 'middle_manager', '13900000012'],
    ['蒋云', ONE, '女', 'teacher', '13900000013'],
  ]);
});

test('19. a care list with a line 单位 of another school, two teachers in a cell', async () => {
  const found = await gives(await careList.bytes(), careList.name);
  expect(found.refused).toEqual([]);
  expect(found.cares.map((c) => [short(c.mentorId), c.pupilId])).toEqual([
    ['林致远', '石坪乡初级中学/小芽'],
    ['林致远', '石坪乡初级中学/小苗'],
    ['周明', '石坪乡初级中学/小苗'],
    ['罗秀英', '石坪乡初级中学/小枝'],
  ]);
});

test("19b. pupils in a list without a school belong to the sender's school, whoever teaches them", async () => {
  const found = await gives(
    await xlsx({
      Sheet1: [
        ['帮扶教师', '帮扶学生'],
        ['罗秀英', '小芽、小苗'],
      ],
    }),
    '帮扶.xlsx',
  );
  expect(found.refused).toEqual([]);
  expect(found.cares.map((c) => [short(c.mentorId), c.pupilId])).toEqual([
    ['罗秀英', `${ONE}/小芽`],
    ['罗秀英', `${ONE}/小苗`],
  ]);
});

test('20. a GBK .csv whose merged cells became blanks', async () => {
  const found = await gives(await blanks.bytes(), blanks.name);
  expect(found.refused).toEqual([]);
  expect(found.cares.map((c) => [short(c.mentorId), short(c.pupilId), c.kind])).toEqual([
    ['林致远', '小禾', '潜能生'],
    ['林致远', '小青', '潜能生'],
    ['林致远', '小石', undefined],
    ['周明', '小满', '困难生'],
  ]);
  expect(found.notes.join()).toContain('第 3、4 行');
});
