import { expect, test } from 'vitest';
import { story, TERMS } from './story.ts';

/**
 * By hand: 城中 helps 镇中 with staff and 乡小 with goods; 镇中, which itself receives help, helps 村小 with staff. So two
 * pairings owe staff and one owes goods. The district owes four papers in the year at end pace; the summary by 31 August.
 */
test('district-rotation through a school year', async () => {
  const { world, on } = await story(`
name: 全区轮岗
${TERMS}
districts: [{name: 某区}]
schools:
  - {name: 城中, district: 某区}
  - {name: 镇中, district: 某区}
  - {name: 乡小, district: 某区}
  - {name: 村小, district: 某区}
people:
  - {name: 城师, school: 城中}
  - {name: 镇师, school: 镇中}
  - {name: 区联, district: 某区, roles: bureau_coordinator}
pairings:
  - {supporter: 城中, recipient: 镇中, kinds: [staff], from: 2026-09-01}
  - {supporter: 城中, recipient: 乡小, kinds: [funds, goods], from: 2026-09-01}
  - {supporter: 镇中, recipient: 村小, kinds: [staff], from: 2026-09-01}
plans: [{use: district-rotation}]
activities:
  - {kind: secondment, date: 2026-09-07, date_to: 2027-07-09, by: 城师, place: 镇中, role: 支教}
  - {kind: secondment, date: 2027-03-01, by: 镇师, place: 村小, role: 支教}
  - {kind: donation, date: 2026-12-10, by: 城师, to: 乡小, items: [{name: 图书, qty: 200, unit: 册}]}
  - {kind: meeting, date: 2026-09-04, by: 区联, topic: 支教教师欢送会}
  - {kind: meeting, date: 2027-03-04, by: 区联, topic: 结对帮扶协调会}
  - {kind: document, date: 2026-10-09, by: 区联, topic: 领导组文件}
  - {kind: document, date: 2026-10-10, by: 区联, topic: 阶段性计划}
  - {kind: document, date: 2027-08-25, by: 区联, topic: 年度总结}
`);
  const [a, b, c] = ['城中→镇中', '城中→乡小', '镇中→村小'];
  expect(await on('2026-09-07', 'send.year1')).toBe(`${a} 1/1 met; ${c} 0/1 open`);
  expect(await on('2027-03-01', 'send.year1')).toBe(`${a} 1/1 met; ${c} 1/1 met`);
  expect(await on('2026-12-09', 'goods.year1')).toBe(`${b} 0/1 open`);
  expect(await on('2026-12-10', 'goods.year1')).toBe(`${b} 1/1 met`);
  expect(await on('2026-09-04', 'sendoff.year1')).toBe('某区 1/1 met');
  // A send-off does not count as a mobilisation.
  expect(await on('2026-09-04', 'mobilise.term1')).toBe('某区 0/1 open');
  expect(await on('2027-03-03', 'mobilise.term1')).toBe('某区 0/1 open');
  expect(await on('2027-03-04', 'mobilise.term1')).toBe('某区 1/1 met');
  expect(await on('2026-10-09', 'docs.organisation')).toBe('某区 1/1 met');
  expect(await on('2026-10-09', 'docs.plan')).toBe('某区 0/1 open');
  expect(await on('2026-10-10', 'docs.plan')).toBe('某区 1/1 met');
  expect(await on('2027-08-24', 'docs.scheme')).toBe('某区 0/1 due_soon');
  expect(await on('2027-08-24', 'summary.year1')).toBe('某区 0/1 due_soon');
  expect(await on('2027-08-25', 'summary.year1')).toBe('某区 1/1 met');
  await world.close();
});
