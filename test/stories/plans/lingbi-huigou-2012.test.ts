import { expect, test } from 'vitest';
import { story } from './story.ts';

/**
 * By hand, for the year of the document: 1 September 2012 (a Saturday) to 20 January 2013. Month duties are whole calendar
 * months. October needs three different persons, over any number of trips, lessons or observing. Ten pupils once a year, by
 * 31 August 2013; a pupil named twice counts once.
 */
test('lingbi-huigou-2012 through its term', async () => {
  const pupils = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => `学生${from + i}`).join(', ');
  const { world, on } = await story(`
name: 职高帮浍沟
terms: [{name: 第一学期, start: 2012-09-01, end: 2013-01-20}]
schools: [{name: 职高}, {name: 浍沟}]
people:
  - {name: 校长, school: 职高, roles: principal}
  - {name: 骨干甲, school: 职高}
  - {name: 骨干乙, school: 职高}
  - {name: 骨干丙, school: 职高}
  - {name: 浍师, school: 浍沟}
care: [${Array.from({ length: 10 }, (_, i) => `{mentor: 浍师, pupil: 学生${i + 1}}`).join(', ')}]
pairings: [{supporter: 职高, recipient: 浍沟, from: 2012-09-01}]
plans: [{use: lingbi-huigou-2012}]
activities:
  - {kind: exchange, date: 2012-09-12, by: 校长, place: 浍沟}
  - {kind: demo_lesson, date: 2012-10-10, by: 骨干甲, place: 浍沟, participants: [浍师]}
  - {kind: observe, date: 2012-10-17, by: 骨干乙, place: 浍沟, participants: [骨干甲]}
  - {kind: demo_lesson, date: 2012-10-31, by: 骨干丙, place: 浍沟}
  - {kind: lecture, date: 2012-11-07, by: 校长, place: 浍沟}
  - {kind: lecture, date: 2012-11-08, by: 校长, place: 浍沟, external: true}
  - {kind: secondment, date: 2012-09-10, by: 骨干甲, place: 浍沟, role: 支教}
  - {kind: secondment, date: 2012-12-03, by: 骨干乙, place: 浍沟, role: 挂职}
  - {kind: donation, date: 2012-11-20, by: 骨干甲, to: 浍沟, pupils: [${pupils(1, 6)}], cash_yuan: 1200}
  - {kind: donation, date: 2013-03-05, by: 骨干甲, to: 浍沟, pupils: [${pupils(5, 10)}], cash_yuan: 1200}
`);
  const pair = '职高→浍沟';
  expect(await on('2012-09-12', 'month.sep.visit')).toBe(`${pair} 1/1 met`);
  expect(await on('2012-09-24', 'month.sep.plan')).toBe(`${pair} 0/1 due_soon`);
  expect(await on('2012-10-01', 'month.sep.plan', '2012-09-01')).toBe(`${pair} 0/1 missed`);
  // 骨干甲 counts once although named twice; 浍师 is on the other side.
  expect(await on('2012-10-17', 'month.oct.teachers')).toBe(`${pair} 2/3 open`);
  expect(await on('2012-10-31', 'month.oct.teachers')).toBe(`${pair} 3/3 met`);
  // The principal's own lecture in November counts neither for October nor as the expert's.
  expect(await on('2012-11-08', 'month.oct.lecture', '2012-10-01')).toBe(`${pair} 0/1 missed`);
  expect(await on('2012-11-07', 'month.nov.expert')).toBe(`${pair} 0/1 open`);
  expect(await on('2012-11-08', 'month.nov.expert')).toBe(`${pair} 1/1 met`);
  expect(await on('2012-11-08', 'month.jan.exchange', '2013-01-01')).toBe(`${pair} 0/1 upcoming`);
  // 支教 does not count as 挂职.
  expect(await on('2012-11-08', 'second.term1.out')).toBe(`${pair} 0/1 open`);
  expect(await on('2012-12-03', 'second.term1.out')).toBe(`${pair} 1/1 met`);
  expect(await on('2013-01-20', 'second.term1.in')).toBe(`${pair} 0/1 due_soon`);
  expect(await on('2012-11-20', 'sponsor.10')).toBe(`${pair} 6/10 open`);
  expect(await on('2013-03-05', 'sponsor.10')).toBe(`${pair} 10/10 met`);
  await world.close();
});
