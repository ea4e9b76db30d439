import { expect, test } from 'vitest';
import { story, TERMS } from './story.ts';

/**
 * By hand: each kindergarten owes a plan and a summary, due 31 August, counted from 1 September; the range of
 * 2025-26 ended the day before the school year and no longer applies. One occasion of teaching per term, by 22 January and 9 July.
 */
test('kindergarten-pairs through a school year', async () => {
  const { world, on } = await story(`
name: 城乡幼儿园
${TERMS}
districts: [{name: 某县}]
schools:
  - {name: 示范园, kind: kindergarten, district: 某县}
  - {name: 东乡园, kind: kindergarten, district: 某县}
  - {name: 西乡园, kind: kindergarten, district: 某县}
  - {name: 南乡园, kind: kindergarten, district: 某县}
people:
  - {name: 方师, school: 示范园, roles: [teacher, coordinator]}
  - {name: 东师, school: 东乡园, roles: [teacher, coordinator]}
  - {name: 县联, district: 某县, roles: [bureau_coordinator, bureau_leader]}
pairings:
  - {supporter: 示范园, recipient: 东乡园, from: 2024-09-01}
  - {supporter: 示范园, recipient: 西乡园, from: 2026-09-01}
  - {supporter: 示范园, recipient: 南乡园, from: 2026-09-01, to: 2026-12-31}
plans: [{use: kindergarten-pairs}]
activities:
  - {kind: training, date: 2026-10-22, by: 方师, place: 东乡园}
  - {kind: document, date: 2026-12-20, by: 东师, topic: 帮扶档案}
  - {kind: document, date: 2027-08-20, by: 方师, topic: 年度方案}
  - {kind: document, date: 2027-08-20, by: 方师, topic: 年度总结}
  - {kind: lecture, date: 2026-11-05, by: 县联}
`);
  expect(await on('2026-10-22', 'teach.term1')).toBe(
    '示范园→东乡园 1/1 met; 示范园→西乡园 0/1 open; 示范园→南乡园 0/1 open',
  );
  // 南乡园 leaves after 31 December: 122 of 144 days, still owed; nothing in the second term.
  expect(await on('2026-12-25', 'teach.term1', '2026-09-01')).toContain('示范园→南乡园 0/1 due_soon');
  expect(await on('2027-03-01', 'teach.term1')).toBe('示范园→东乡园 0/1 open; 示范园→西乡园 0/1 open');
  expect(await on('2026-11-05', 'region.term1')).toBe('某县 1/1 met');
  expect(await on('2026-12-20', 'folder.term1')).toBe(
    '示范园 0/1 open; 东乡园 1/1 met; 西乡园 0/1 open; 南乡园 0/1 open',
  );
  expect(await on('2027-08-19', 'plan.aug')).toBe('示范园 0/1 open; 东乡园 0/1 open; 西乡园 0/1 open; 南乡园 0/1 open');
  expect(await on('2027-08-24', 'summary.aug')).toBe(
    '示范园 1/1 met; 东乡园 0/1 due_soon; 西乡园 0/1 due_soon; 南乡园 0/1 due_soon',
  );
  expect(await on('2027-08-31', 'plan.aug', '2025-09-01')).toBe('');
  await world.close();
});
