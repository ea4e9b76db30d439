import { expect, test } from 'vitest';
import { story, TERMS } from './story.ts';

/**
 * By hand: the list is due once in the whole life, 1 September to 31 August (end pace). Talks and contact with parents are
 * due once per term for each pupil, by 22 January and 9 July; the record once per term. A text message to parents is `online` and counts.
 */
test('lagging-pupils through a school year', async () => {
  const { world, says, on, count } = await story(`
name: 七年级三班
${TERMS}
schools: [{name: 某中学}]
people: [{name: 班主任, school: 某中学}, {name: 科任, school: 某中学}, {name: 教务, school: 某中学, roles: coordinator}]
care: [{mentor: 班主任, pupil: 小一}, {mentor: 班主任, pupil: 小二}]
plans: [{use: lagging-pupils}]
activities:
  - {kind: care_roster, date: 2026-09-18, by: 班主任}
  - {kind: talk, date: 2026-10-12, by: 班主任, pupils: [小一]}
  - {kind: talk, date: 2026-12-07, by: 科任, pupils: [小二]}
  - {kind: talk, date: 2026-12-08, by: 科任, pupils: [小二], on_behalf: true}
  - {kind: home_visit, date: 2026-11-11, by: 班主任, all_assigned: true, mode: online}
  - {kind: document, date: 2027-06-30, by: 班主任, topic: 学困生提高工作记录}
  - {kind: talk, date: 2027-03-01, by: 班主任, pupils: [小一], status: cancelled}
`);
  // 1 list + 2 records + 2 pupils × 2 duties × 2 terms
  expect(await count('2026-09-01')).toBe(11);
  expect(await on('2026-09-17', 'list.once')).toBe('班主任 0/1 open');
  expect(await on('2026-09-18', 'list.once')).toBe('班主任 1/1 met');
  expect(await on('2026-10-12', 'talk.term1')).toBe('小一 1/1 met; 小二 0/1 open');
  expect(await on('2026-11-11', 'parents.term1')).toBe('小一 1/1 met; 小二 1/1 met');
  // Another teacher's talk counts for the mentor only if it was done in the mentor's place.
  expect(await on('2026-12-07', 'talk.term1')).toBe('小一 1/1 met; 小二 0/1 open');
  expect(await on('2026-12-08', 'talk.term1')).toBe('小一 1/1 met; 小二 1/1 met');
  expect(await on('2027-01-15', 'record.term1')).toBe('班主任 0/1 due_soon');
  expect(await on('2027-01-23', 'record.term1', '2026-09-01')).toBe('班主任 0/1 missed');
  expect(await on('2027-07-03', 'record.term1')).toBe('班主任 1/1 met');
  expect(await on('2027-07-03', 'talk.term1')).toBe('小一 0/1 due_soon; 小二 0/1 due_soon');
  // Reported in the chat on 20 November.
  expect(await on('2026-11-20', 'talk.term1')).toBe('小一 1/1 met; 小二 0/1 open');
  await says('班主任', '今天和小二谈心了');
  expect(await on('2026-11-20', 'talk.term1')).toBe('小一 1/1 met; 小二 1/1 met');
  await world.close();
});
