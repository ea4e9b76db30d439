import { expect, test } from 'vitest';
import { changeableFrom, isBegun, likelyTerms, yearToClose } from '../../src/plan/new-year.ts';
import { planOf, programmeOf } from './programme.ts';

const terms = [
  { name: '2026-2027学年第一学期', start: '2026-09-01', end: '2027-01-22' },
  { name: '2026-2027学年第二学期', start: '2027-02-22', end: '2027-07-09' },
];
const next = { name: '2027-2028学年第一学期', start: '2027-09-02', end: '2028-01-20' };
const programme = programmeOf(planOf({ id: 'r' }), { terms });

test('a year can be closed from June on, until another begins', () => {
  expect(yearToClose(programme, '2027-05-31')).toBeUndefined();
  expect(yearToClose(programme, '2027-06-01')).toMatchObject({ closing: 2026, end: '2027-07-09' });
  expect(yearToClose(programme, '2027-09-15')).toMatchObject({ closing: 2026 });
  const known = programmeOf(planOf({ id: 'r' }), { terms: [...terms, next] });
  expect(yearToClose(known, '2027-09-01')).toMatchObject({ closing: 2026 });
  expect(yearToClose(known, '2027-09-15')).toBeUndefined();
});

test('the new terms are the known ones, else last year’s a year later', () => {
  expect(likelyTerms(programme, yearToClose(programme, '2027-06-01')!)).toEqual([
    { name: '2027-2028学年第一学期', start: '2027-09-01', end: '2028-01-22' },
    { name: '2027-2028学年第二学期', start: '2028-02-22', end: '2028-07-09' },
  ]);
  const known = programmeOf(planOf({ id: 'r' }), { terms: [...terms, next] });
  expect(likelyTerms(known, yearToClose(known, '2027-06-01')!)).toMatchObject([next]);
});

test('each school changes its year; the bureau sets the terms', () => {
  const begun = programmeOf(planOf({ id: 'r' }), {
    terms: [...terms, next],
    yearsBegun: [{ year: 2027, from: '2027-09-02', schoolId: '甲校' }],
  });
  expect([isBegun(begun, 2027, '甲校'), isBegun(begun, 2027, '乙校'), isBegun(begun, 2027, undefined)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(isBegun(programme, 2027, undefined)).toBe(false);
  expect(changeableFrom(begun, '甲校', '2027-09-01')).toBeUndefined();
  expect(changeableFrom(begun, '甲校', '2027-09-02')).toBe('2027-09-02');
  expect(changeableFrom(begun, '乙校', '2027-10-01')).toBeUndefined();
});
