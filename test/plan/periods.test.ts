import { expect, test } from 'vitest';
import { schoolYearRange, windowsOf } from '../../src/plan/periods.ts';
import type { PeriodSpec } from '../../src/plan/plan.ts';
import type { Programme } from '../../src/plan/programme.ts';
import { planOf, programmeOf } from './programme.ts';

const plan = planOf({ id: 'r' });
const two = programmeOf(plan);
const ranges = (programme: Programme, spec: PeriodSpec, life = {}) =>
  windowsOf(programme, spec, life).map((w) => `${w.start}..${w.end}`);

test('a school year runs from its first term to the day before the next year’s first term', () => {
  expect(schoolYearRange(two, '2026-11-21')).toEqual({ start: '2026-09-01', end: '2027-08-31' });
  expect(schoolYearRange(two, '2026-08-31')).toBeUndefined();
  const next = programmeOf(plan, {
    terms: [...two.terms, { name: '第三学期', start: '2027-08-28', end: '2028-01-20' }],
  });
  expect(schoolYearRange(next, '2027-08-27')).toEqual({ start: '2026-09-01', end: '2027-08-27' });
  expect(schoolYearRange(next, '2027-08-28')).toEqual({ start: '2027-08-28', end: '2028-08-31' });
  expect(ranges(next, 'school_year')).toEqual(['2026-09-01..2027-08-27', '2027-08-28..2028-08-31']);
});

test('a term belongs to the year of its middle day, also when it starts in July', () => {
  const early = programmeOf(plan, { terms: [{ name: 't', start: '2026-07-20', end: '2026-12-20' }] });
  expect(schoolYearRange(early, '2026-09-01')).toEqual({ start: '2026-07-20', end: '2027-08-31' });
});

test('weeks start on the Monday of the first week; fewer than four days inside the term are not a week', () => {
  const found = ranges(two, 'week').filter((r) => r < '2027-02');
  expect(found[0]).toBe(`${two.terms[0]!.start}..2026-09-06`);
  expect(found[1]).toBe('2026-09-07..2026-09-13');
  const friday = programmeOf(plan, { terms: [{ name: 't', start: '2026-08-28', end: '2026-12-31' }] });
  expect(ranges(friday, 'week')[0]).toBe('2026-08-31..2026-09-06');
});

test('fortnights start on the Monday of the first week and are cut to the term', () => {
  // 1 Sep 2026 is a Tuesday. Blocks start on Monday 31 Aug; 22 Jan 2027 is a Friday, so the last block has 12 days.
  const found = ranges(two, 'fortnight').filter((r) => r < '2027-02');
  expect(found[0]).toBe('2026-09-01..2026-09-13');
  expect(found[1]).toBe('2026-09-14..2026-09-27');
  expect(found).toHaveLength(10);
  expect(found[9]).toBe('2027-01-04..2027-01-17');
});

test('a block with fewer than seven days in the term is dropped; one without a school day is waived', () => {
  // 18 to 22 January is 5 days: dropped above. A first week that starts on a Friday leaves 10 days of its block: kept.
  const friday = programmeOf(plan, { terms: [{ name: 't', start: '2026-08-28', end: '2026-12-31' }] });
  expect(ranges(friday, 'fortnight')[0]).toBe('2026-08-28..2026-09-06');
  const holiday = programmeOf(plan, { holidays: [{ start: '2026-09-28', end: '2026-10-11' }] });
  const waived = windowsOf(holiday, 'fortnight').filter((w) => w.waived);
  expect(waived.map((w) => w.start)).toEqual(['2026-09-28']);
});

test('months are kept if ten school days remain', () => {
  // January 2027 in term: 1st is a holiday, then 4–8, 11–15, 18–22 = 15. February from the 22nd: 5. July to the 9th: 7.
  expect(ranges(two, 'month')).toEqual([
    '2026-09-01..2026-09-30',
    '2026-10-01..2026-10-31',
    '2026-11-01..2026-11-30',
    '2026-12-01..2026-12-31',
    '2027-01-01..2027-01-22',
    '2027-03-01..2027-03-31',
    '2027-04-01..2027-04-30',
    '2027-05-01..2027-05-31',
    '2027-06-01..2027-06-30',
  ]);
});

test('ten school days are enough and nine are not, make-up days counted', () => {
  const ending = (end: string) => programmeOf(plan, { terms: [{ name: 't', start: '2026-09-01', end }] });
  // October 2026: off to the 7th; 8, 9, Saturday 10 (make-up), 12–16, 19 = 9 by the 19th, 10 by the 20th.
  expect(ranges(ending('2026-10-19'), 'month')).toHaveLength(1);
  expect(ranges(ending('2026-10-20'), 'month')).toHaveLength(2);
});

test('calendar months, windows and due dates follow 1 September to 31 August', () => {
  expect(ranges(two, { month: 10 })).toContain('2026-10-01..2026-10-31');
  expect(ranges(two, { month: 1 })).toContain('2027-01-01..2027-01-31');
  expect(ranges(two, { windows: ['03-01..05-31', '10-01..12-31'] })).toEqual(
    expect.arrayContaining(['2027-03-01..2027-05-31', '2026-10-01..2026-12-31']),
  );
  expect(ranges(two, { windows: ['12-01..02-29'] })).toContain('2026-12-01..2027-02-28');
  expect(ranges(two, { due: '08-31' })).toContain('2026-09-01..2027-08-31');
  expect(ranges(two, { due: '11-15' })).toContain('2026-09-01..2026-11-15');
});

test('a cycle is two school years from the pairing’s first; `once` is the pairing’s or programme’s life', () => {
  expect(ranges(two, 'cycle', { start: '2025-09-10' })).toEqual(['2025-09-01..2027-08-31']);
  expect(ranges(two, 'cycle', { start: '2026-09-01' })).toEqual(['2026-09-01..2028-08-31']);
  expect(ranges(two, 'cycle')).toEqual(['2026-09-01..2028-08-31']);
  expect(ranges(two, 'once')).toEqual(['2026-09-01..2027-08-31']);
  expect(ranges(two, 'once', { start: '2024-03-01', end: '2026-12-01' })).toEqual(['2024-03-01..2026-12-01']);
});

test('no terms, no periods', () => {
  expect(windowsOf(programmeOf(plan, { terms: [] }), { due: '08-31' })).toEqual([]);
});
