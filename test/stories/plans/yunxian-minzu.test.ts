import { expect, test } from 'vitest';
import { story, TERMS } from './story.ts';

/**
 * By hand: of two per term over 144 days the first is due by day 72 (11 Nov) and the second by 22 Jan; over 138 days by day 69 (1 May)
 * and 9 July. Months with ten school days: September to January and March to June, nine in all. So a year has 2 terms × 4 term
 * duties + 9 months = 17 obligations for the one pairing.
 */
test('yunxian-minzu through a school year', async () => {
  const { world, says, on, count } = await story(`
name: 民中帮万佑
${TERMS}
schools: [{name: 民中}, {name: 万佑}]
people: [{name: 陈老师, school: 民中}, {name: 杨老师, school: 万佑}, {name: 赵联, school: 民中, roles: coordinator}]
pairings: [{supporter: 民中, recipient: 万佑, from: 2026-09-01}]
plans: [{use: yunxian-minzu}]
activities:
  - {kind: demo_lesson, date: 2026-11-09, by: 陈老师, place: 万佑, lessons: 2}
  - {kind: demo_lesson, date: 2027-01-12, by: 陈老师}
  - {kind: demo_lesson, date: 2027-03-20, by: 陈老师, status: planned}
  - {kind: observe, date: 2026-10-20, by: 杨老师, place: 民中}
  - {kind: observe, date: 2026-10-20, by: 陈老师, partner: 万佑, place: 民中}
  - {kind: exam, date: 2026-09-29, by: 杨老师}
  - {kind: meeting, date: 2026-09-10, by: 赵联}
`);
  expect(await count('2026-09-01')).toBe(17);
  // 1 September: nothing done, the exam of September is due by the 30th, 29 days away.
  expect(await on('2026-09-01', 'demo.term2')).toBe('民中→万佑 0/2 open');
  expect(await on('2026-09-23', 'exam.monthly')).toBe('民中→万佑 0/1 due_soon'); // seven days before the 30th
  expect(await on('2026-09-29', 'exam.monthly')).toBe('民中→万佑 1/1 met');
  // 4 November is seven days before the first checkpoint; one trip with two lessons counts once.
  expect(await on('2026-11-04', 'demo.term2')).toBe('民中→万佑 0/2 due_soon');
  expect(await on('2026-11-09', 'demo.term2')).toBe('民中→万佑 1/2 open');
  expect(await on('2026-11-01', 'exam.monthly', '2026-10-01')).toBe('民中→万佑 0/1 missed');
  // Two reports of the same round at the same place count once, so the second round is overdue only after 22 January.
  expect(await on('2026-11-12', 'observe.term2')).toBe('民中→万佑 1/2 open');
  expect(await on('2027-01-16', 'observe.term2')).toBe('民中→万佑 1/2 due_soon');
  expect(await on('2027-01-23', 'observe.term2', '2026-09-01')).toBe('民中→万佑 1/2 missed');
  expect(await on('2027-01-23', 'demo.term2', '2026-09-01')).toBe('民中→万佑 2/2 met');
  expect(await on('2027-02-01', 'demo.term2', '2027-02-22')).toBe('民中→万佑 0/2 upcoming');
  // Planned activities never count: on 2 May the first of the second term is overdue.
  expect(await on('2027-05-01', 'demo.term2')).toBe('民中→万佑 0/2 due_soon');
  expect(await on('2027-05-02', 'demo.term2')).toBe('民中→万佑 0/2 overdue');
  expect(await on('2027-07-09', 'seminar.term1')).toBe('民中→万佑 0/1 due_soon');
  // Reported in the chat on 20 November: the second trip of the term.
  expect(await on('2026-11-20', 'demo.term2')).toBe('民中→万佑 1/2 open');
  await says('陈老师', '今天到万佑上了一节七年级语文示范课');
  expect(await on('2026-11-20', 'demo.term2')).toBe('民中→万佑 2/2 met');
  await world.close();
});
