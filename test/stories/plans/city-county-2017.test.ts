import { expect, test } from 'vitest';
import { story } from './story.ts';

/**
 * By hand, for the year of the document: 1 September 2017 to 19 January 2018 and 26 February to 6 July 2018. Only the senior
 * high pairing has joint exams, only the kindergartens file. Months with ten school days in the senior pairing: September,
 * October (after the week off: 9 to 31, 17 days), November, December, January (to the 19th: 14), March to June = 9.
 */
test('city-county-2017 through its school year', async () => {
  const { world, on } = await story(`
name: 市县帮扶
terms: [{name: 上, start: 2017-09-01, end: 2018-01-19}, {name: 下, start: 2018-02-26, end: 2018-07-06}]
districts: [{name: 东区}, {name: 县}]
schools:
  - {name: 市一高, kind: senior, district: 东区}
  - {name: 县一高, kind: senior, district: 县}
  - {name: 市幼, kind: kindergarten, district: 东区}
  - {name: 乡幼, kind: kindergarten, district: 县}
people:
  - {name: 高师, school: 市一高, roles: [teacher, coordinator]}
  - {name: 县师, school: 县一高}
  - {name: 幼师, school: 市幼}
  - {name: 区联, district: 东区, roles: bureau_coordinator}
pairings: [{supporter: 市一高, recipient: 县一高, from: 2017-09-01}, {supporter: 市幼, recipient: 乡幼, from: 2017-09-01}]
plans: [{use: city-county-2017}]
activities:
  - {kind: document, date: 2017-09-28, by: 区联, topic: 一区一案}
  - {kind: document, date: 2017-10-11, by: 幼师, topic: 结对备案表}
  - {kind: document, date: 2017-10-12, by: 幼师, topic: 一校一案}
  - {kind: exam, date: 2017-10-26, by: 县师}
  - {kind: demo_lesson, date: 2017-11-15, by: 高师, place: 县一高}
  - {kind: secondment, date: 2018-03-05, by: 县师, place: 市一高, role: 跟岗}
  - {kind: secondment, date: 2018-03-06, by: 高师, place: 县一高, role: 支教}
`);
  const [senior, kids] = ['市一高→县一高', '市幼→乡幼'];
  expect(await on('2017-09-30', 'plan.district')).toBe('东区 1/1 met');
  expect(await on('2017-10-11', 'plan.pair')).toBe(`${senior} 0/1 open; ${kids} 0/1 open`);
  expect(await on('2017-10-12', 'plan.pair')).toBe(`${senior} 0/1 open; ${kids} 1/1 met`);
  expect(await on('2017-10-11', 'kindergarten.filing')).toBe(`${kids} 1/1 met`);
  expect(await on('2017-10-25', 'exam.senior.monthly')).toBe(`${senior} 0/1 due_soon`);
  expect(await on('2017-10-26', 'exam.senior.monthly')).toBe(`${senior} 1/1 met`);
  expect(await on('2017-11-15', 'demo.senior.term1')).toBe(`${senior} 1/1 met`);
  expect(await on('2018-01-12', 'demo.term1')).toBe(`${senior} 1/1 met; ${kids} 0/1 due_soon`);
  expect(await on('2018-01-20', 'demo.term1', '2017-09-01')).toBe(`${senior} 1/1 met; ${kids} 0/1 missed`);
  expect(await on('2018-03-05', 'follow.term1')).toBe(`${senior} 1/1 met; ${kids} 0/1 open`);
  // Either 支教 or 送教 counts, and neither counts as 挂职.
  expect(await on('2018-03-06', 'demo.term1')).toBe(`${senior} 1/1 met; ${kids} 0/1 open`);
  expect(await on('2018-08-24', 'second.admin.out')).toBe(`${senior} 0/1 due_soon; ${kids} 0/1 due_soon`);
  await world.close();
});
