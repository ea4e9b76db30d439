import { expect, test } from 'vitest';
import { story, TERMS } from './story.ts';

/**
 * By hand: one school, two of its five recipients. Each recipient is owed a teacher in the year; the school owes a batch per term.
 * The 8,000 yuan are for 九合中学 alone, within the pairing's whole life (1 September 2026 to 30 June 2028, as the pairing says).
 */
test('five-middle-schools through a school year', async () => {
  const { world, on } = await story(`
name: 一帮五
${TERMS}
schools: [{name: 城中}, {name: 九合中学}, {name: 江上中学}]
people: [{name: 林师, school: 城中}, {name: 石师, school: 城中}, {name: 江师, school: 江上中学}]
pairings:
  - {supporter: 城中, recipient: 九合中学, from: 2026-09-01, to: 2028-06-30}
  - {supporter: 城中, recipient: 江上中学, from: 2026-09-01, to: 2028-06-30}
plans: [{use: five-middle-schools}]
activities:
  - {kind: secondment, date: 2026-09-07, date_to: 2027-01-22, by: 林师, place: 九合中学, role: 支教}
  - {kind: secondment, date: 2027-03-01, date_to: 2027-07-09, by: 石师, place: 江上中学, role: 支教}
  - {kind: donation, date: 2026-10-16, by: 林师, to: 九合中学, value_yuan: 4800}
  - {kind: donation, date: 2027-04-09, by: 林师, to: 九合中学, value_yuan: 3000, cash_yuan: 200}
  - {kind: donation, date: 2026-10-20, by: 石师}
  - {kind: exam, date: 2027-05-18, by: 江师, partner: 城中}
`);
  const [nine, river] = ['城中→九合中学', '城中→江上中学'];
  expect(await on('2026-09-06', 'batch.term1')).toBe('城中 0/1 open');
  expect(await on('2026-09-07', 'batch.term1')).toBe('城中 1/1 met');
  expect(await on('2026-09-07', 'send.year1')).toBe(`${nine} 1/1 met; ${river} 0/1 open`);
  expect(await on('2027-02-22', 'batch.term1')).toBe('城中 0/1 open'); // a new batch; the first one began in the autumn
  expect(await on('2027-03-01', 'send.year1')).toBe(`${nine} 1/1 met; ${river} 1/1 met`);
  expect(await on('2026-10-16', 'gift.8000')).toBe(`${nine} 4800/8000 open`);
  expect(await on('2027-04-09', 'gift.8000')).toBe(`${nine} 8000/8000 met`);
  // With two pairings, a gift without a recipient counts for neither.
  expect(await on('2026-10-20', 'gift.year1')).toBe(`${nine} 1/1 met; ${river} 0/1 open`);
  expect(await on('2027-05-18', 'mock.year1')).toBe(`${nine} 0/1 open; ${river} 1/1 met`);
  expect(await on('2027-08-25', 'training.year1')).toBe(`${nine} 0/1 due_soon; ${river} 0/1 due_soon`);
  await world.close();
});
