import { expect, test } from 'vitest';
import { story, TERMS } from './story.ts';

/**
 * By hand: two lectures in 365 days: the first is due by day 182, 1 March. Ten school days of secondment by 31 August for each
 * deputy and middle manager: 28 Sep–16 Oct 2026 has 28–30 Sep, 8–10 Oct (Saturday 10 is a make-up day), 12–16 Oct = 11.
 * The windows 1 Oct–31 Dec and 1 Mar–31 May are separate duties.
 */
test('central-primary through a school year', async () => {
  const { world, says, on } = await story(`
name: 城关帮中心校
${TERMS}
schools: [{name: 城关小学}, {name: 中心小学}]
people:
  - {name: 罗校长, school: 城关小学, roles: principal}
  - {name: 郑副, school: 城关小学, roles: [vice_principal, teacher]}
  - {name: 何主任, school: 城关小学, roles: middle_manager}
  - {name: 黄师, school: 城关小学}
  - {name: 万师, school: 中心小学}
pairings: [{supporter: 城关小学, recipient: 中心小学, from: 2026-09-01, team: [何主任], agreement: 有}]
plans: [{use: central-primary}]
activities:
  - {kind: lecture, date: 2026-10-15, by: 罗校长, place: 中心小学}
  - {kind: secondment, date: 2026-09-28, date_to: 2026-10-16, by: 郑副, place: 中心小学, role: 挂职}
  - {kind: secondment, date: 2026-11-02, date_to: 2026-11-06, by: 何主任, place: 中心小学, role: 挂职}
  - {kind: secondment, date: 2027-03-01, date_to: 2027-03-05, by: 何主任, place: 中心小学, role: 支教}
  - {kind: demo_lesson, date: 2026-12-31, by: 黄师, place: 中心小学}
  - {kind: research, date: 2026-11-18, by: 万师}
  - {kind: observe, date: 2026-11-18, by: 黄师, place: 中心小学}
`);
  expect(await on('2026-10-15', 'lecture.principal.year2')).toBe('罗校长 1/2 open');
  expect(await on('2027-03-02', 'lecture.principal.year2')).toBe('罗校长 1/2 open'); // the first was wanted by 1 March
  expect(await on('2027-08-24', 'lecture.principal.year2')).toBe('罗校长 1/2 due_soon');
  expect(await on('2026-10-09', 'second.vice.2w')).toBe('郑副 5/10 open; 何主任 0/10 open'); // 28–30 Sep, 8–9 Oct
  expect(await on('2026-10-16', 'second.vice.2w')).toBe('郑副 11/10 met; 何主任 0/10 open');
  expect(await on('2027-03-05', 'second.vice.2w')).toBe('郑副 11/10 met; 何主任 5/10 open'); // 支教 is not 挂职
  expect(await on('2026-09-20', 'demo.windows', '2026-10-01')).toBe('城关小学→中心小学 0/1 upcoming');
  expect(await on('2026-12-24', 'demo.windows')).toBe('城关小学→中心小学 0/1 due_soon');
  expect(await on('2026-12-31', 'demo.windows')).toBe('城关小学→中心小学 1/1 met');
  expect(await on('2027-06-01', 'demo.windows', '2027-03-01')).toBe('城关小学→中心小学 0/1 missed');
  expect(await on('2026-11-18', 'topic.year')).toBe('城关小学→中心小学 1/1 met');
  // Research and observing both count as the regular exchange between subjects: two occasions, one required.
  expect(await on('2026-11-18', 'subject.term1')).toBe('城关小学→中心小学 2/1 met');
  expect(await on('2027-08-31', 'plan.year1')).toBe('城关小学 0/1 due_soon');
  // Reported in the chat on 20 November, inside the autumn window.
  await says('黄师', '今天到中心小学送教，上了一节语文课');
  expect(await on('2026-11-20', 'demo.windows')).toBe('城关小学→中心小学 1/1 met');
  await world.close();
});
