import { expect, test } from 'vitest';
import { story, TERMS } from './story.ts';

/**
 * By hand: the agreement within the pairing's life (three years from 1 September 2026, end pace); a scheme and a plan per year
 * at end pace; one round of teaching research per term, by 22 January and 9 July; one report of each school per term.
 */
test('county-compulsory through a school year', async () => {
  const { world, on } = await story(`
name: 县域结对
${TERMS}
schools: [{name: 城一小}, {name: 山口小学}, {name: 城二小}]
people:
  - {name: 吴师, school: 城一小, roles: [teacher, coordinator]}
  - {name: 丁师, school: 山口小学, roles: [teacher, coordinator]}
pairings: [{supporter: 城一小, recipient: 山口小学, from: 2026-09-01, to: 2029-08-31}]
plans: [{use: county-compulsory}]
activities:
  - {kind: document, date: 2026-09-15, by: 吴师, topic: 长期合作协议}
  - {kind: document, date: 2026-09-20, by: 丁师, topic: 学年结对帮扶计划}
  - {kind: document, date: 2026-10-20, by: 吴师, topic: 活动方案}
  - {kind: joint_prep, date: 2026-12-01, by: 丁师}
  - {kind: document, date: 2027-01-10, by: 吴师, topic: 学期总结}
  - {kind: lecture, date: 2027-07-10, by: 吴师, place: 山口小学}
`);
  const pair = '城一小→山口小学';
  expect(await on('2026-09-14', 'agreement.once')).toBe(`${pair} 0/1 open`);
  expect(await on('2026-09-15', 'agreement.once')).toBe(`${pair} 1/1 met`);
  expect(await on('2026-09-20', 'plan.year1')).toBe(`${pair} 1/1 met`);
  expect(await on('2026-09-20', 'scheme.year1')).toBe(`${pair} 0/1 open`);
  expect(await on('2026-10-20', 'scheme.year1')).toBe(`${pair} 1/1 met`);
  expect(await on('2026-11-30', 'research.term1')).toBe(`${pair} 0/1 open`);
  expect(await on('2026-12-01', 'research.term1')).toBe(`${pair} 1/1 met`);
  expect(await on('2027-01-15', 'report.term1')).toBe('城一小 1/1 met; 山口小学 0/1 due_soon');
  expect(await on('2027-02-01', 'report.term1', '2026-09-01')).toBe('城一小 1/1 met; 山口小学 0/1 missed');
  // A lecture on the day after the term is too late.
  expect(await on('2027-07-10', 'research.term1', '2027-02-22')).toBe(`${pair} 0/1 missed`);
  await world.close();
});
