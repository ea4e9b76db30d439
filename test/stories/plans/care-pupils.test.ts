import { expect, test } from 'vitest';
import { story, TERMS } from './story.ts';

const TEXT = `
name: 本校帮扶
${TERMS}
schools: [{name: 某校}]
people:
  - {name: 陈师, school: 某校}
  - {name: 林师, school: 某校}
  - {name: 王主任, school: 某校, roles: [middle_manager, coordinator]}
care:
  - {mentor: 陈师, pupil: {name: 小一}}
  - {mentor: 陈师, pupil: {name: 小二}, from: 2026-10-12}
  - {mentor: 王主任, pupil: {name: 小三}, to: 2026-12-31}
activities:
  - {kind: home_visit, date: 2026-10-24, by: 陈师, pupils: [小一], mode: visit}
  - {kind: home_visit, date: 2026-11-02, by: 陈师, pupils: [小一, 小二], mode: phone}
  - {kind: talk, dates: [2026-09-08, 2026-09-22], by: 陈师, pupils: [小一]}
  - {kind: talk, date: 2026-10-13, by: 陈师, all_assigned: true}
  - {kind: study_guidance, date: 2026-11-20, by: 陈师, all_assigned: true}
  - {kind: document, date: 2026-12-01, by: 陈师, topic: 帮扶心得体会}
  - {kind: care_roster, date: 2026-09-05, by: 王主任}
`;

/**
 * By hand. Fortnights from Monday 31 Aug: 1–13 Sep, 14–27 Sep, 28 Sep–11 Oct, 12–25 Oct, … Ten talks in 144 days are due on
 * days 14, 28, 43, 57, 72 …: 14 Sep, 28 Sep, 13 Oct, 27 Oct, 11 Nov. 小二 arrives on 12 October: 103 of 144 days remain, more
 * than half, so the term's duties run from there: day floor(103/2) = 51 of it is 1 December. 小三 leaves after 31 December: of 122
 * days, the first of two visits is due by day 61, 31 October.
 */
test('care-pupils through a term, per pupil', async () => {
  const { world, says, on } = await story(`${TEXT}\nplans: [{use: care-pupils}]`);
  expect(await on('2026-09-07', 'talk.fortnight')).toBe('小一 0/1 due_soon; 小三 0/1 due_soon');
  expect(await on('2026-09-14', 'talk.fortnight', '2026-09-01')).toBe('小一 1/1 met; 小三 0/1 missed');
  expect(await on('2026-09-15', 'talk.term10')).toBe('小一 1/10 open; 小三 0/10 overdue');
  expect(await on('2026-10-11', 'talk.fortnight', '2026-09-28')).toBe('小一 0/1 due_soon; 小三 0/1 due_soon');
  // The talk of 13 October with all assigned pupils: both fortnights, and the third of ten on its due day.
  expect(await on('2026-10-13', 'talk.fortnight')).toBe('小一 1/1 met; 小二 1/1 met; 小三 0/1 open');
  expect(await on('2026-10-13', 'talk.term10', '2026-09-01')).toBe('小一 3/10 open; 小三 0/10 overdue');
  expect(await on('2026-10-28', 'talk.term10', '2026-09-01')).toBe('小一 3/10 overdue; 小三 0/10 overdue');
  // Visits on foot and by phone count; 小二 has one of two, the first due by 1 December.
  expect(await on('2026-11-02', 'visit.term2', '2026-09-01')).toBe('小一 2/2 met; 小三 0/2 overdue');
  expect(await on('2026-11-24', 'visit.term2', '2026-10-12')).toBe('小二 1/2 open');
  expect(await on('2026-11-20', 'guide.monthly')).toBe('小一 1/1 met; 小二 1/1 met; 小三 0/1 open');
  // 小二's October begins on the 12th: 20 of 31 days remain. 小三 owes nothing in January.
  expect(await on('2026-10-20', 'guide.monthly', '2026-10-12')).toBe('小二 0/1 open');
  expect(await on('2027-01-10', 'guide.monthly')).toBe('小一 0/1 open; 小二 0/1 open');
  // Only helpers write reflections: 林师 has no pupil. A plan is not a submitted reflection.
  expect(await on('2026-12-01', 'reflect.term1')).toBe('陈师 1/1 met; 王主任 0/1 open');
  expect(await on('2026-12-01', 'plan.year1')).toBe('陈师 0/1 open; 王主任 0/1 open');
  expect(await on('2026-12-01', 'file.year1')).toBe('某校 1/1 met');
  // Reported in the chat on 20 November: the fortnight of 9 to 22 November.
  await says('王主任', '今天找小三谈心了');
  expect(await on('2026-11-20', 'talk.fortnight')).toBe('小一 0/1 due_soon; 小二 0/1 due_soon; 小三 1/1 met');
  await world.close();
});
