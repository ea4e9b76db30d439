import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../src/plan/dates.ts';
import { checkpointAt, checkpointsOf, standing } from '../../src/plan/standing.ts';

const term = { start: '2026-09-01', end: '2027-01-22', kind: 'term' as const, term: '第一学期' };
const duty = (target: number, pace: 'even' | 'end' = 'even') => ({ period: term, target, pace });
const on = (done: number, day: string, target = 2) => standing(duty(target), done, day);

test('even pace: 144 days and n = 2 require the first by day 72, the second by the end', () => {
  expect(checkpointsOf(duty(2))).toEqual([
    { date: '2026-11-11', wanted: 1 },
    { date: '2027-01-22', wanted: 2 },
  ]);
  expect(checkpointsOf(duty(2, 'end'))).toEqual([{ date: '2027-01-22', wanted: 2 }]);
});

test('more than one a day: the first not before the start, the last at the end', () => {
  const three = { start: '2026-09-01', end: '2026-09-03' };
  expect([1, 2, 3, 8, 9, 10].map((k) => checkpointAt(three, 10, 'even', k))).toEqual([
    '2026-09-01',
    '2026-09-01',
    '2026-09-01',
    '2026-09-02',
    '2026-09-02',
    '2026-09-03',
  ]);
});

test('states around a checkpoint, day by day', () => {
  expect(on(0, '2026-08-31').state).toBe('upcoming');
  expect(on(0, '2026-09-01').state).toBe('open');
  expect(on(0, '2026-11-03').state).toBe('open'); // 8 days before 11 November
  expect(on(0, '2026-11-04').state).toBe('due_soon'); // 7 days, inclusive
  expect(on(0, '2026-11-11').state).toBe('due_soon'); // the day itself
  expect(on(0, '2026-11-12').state).toBe('overdue');
  expect(on(1, '2026-11-12').state).toBe('open');
  expect(on(1, '2027-01-15').state).toBe('due_soon');
  expect(on(1, '2027-01-22').state).toBe('due_soon');
  expect(on(1, '2027-01-23').state).toBe('missed');
  expect(on(2, '2027-01-23').state).toBe('met');
  expect(on(2, '2026-08-01').state).toBe('met');
  expect(standing({ ...duty(2), waived: { by: [{ code: 'waiver', words: '停课' }] } }, 2, '2026-11-12')).toMatchObject({
    state: 'waived',
    by: [{ code: 'waiver', words: '停课' }],
  });
});

test('8,000 yuan at even pace are computed quickly', () => {
  const year = { ...duty(8000), period: { ...term, end: '2027-08-31' } };
  expect(standing(year, 4800, '2027-01-01').nextCheckpoint).toBe(checkpointAt(year.period, 8000, 'even', 4801));
  expect(checkpointsOf(year).length).toBeLessThanOrEqual(365);
});

const day = fc.integer({ min: -30, max: 200 }).map((n) => addDays('2026-09-01', n));
const anyDuty = fc.record({
  target: fc.integer({ min: 1, max: 60 }),
  pace: fc.constantFrom('even' as const, 'end' as const),
  length: fc.integer({ min: 1, max: 150 }),
});
const better = ['missed', 'overdue', 'due_soon', 'open', 'upcoming', 'met', 'waived'];

test('always a known state; doing more never makes it worse', () => {
  fc.assert(
    fc.property(anyDuty, day, fc.nat(70), fc.nat(20), ({ target, pace, length }, d, done, more) => {
      const o = { period: { ...term, end: addDays(term.start, length - 1) }, target, pace };
      const a = standing(o, done, d);
      const b = standing(o, done + more, d);
      expect(better).toContain(a.state);
      expect(better.indexOf(b.state)).toBeGreaterThanOrEqual(better.indexOf(a.state));
    }),
    { numRuns: 300 },
  );
});

test('checkpoints never go backwards and stay inside the range', () => {
  fc.assert(
    fc.property(anyDuty, ({ target, pace, length }) => {
      const range = { start: term.start, end: addDays(term.start, length - 1) };
      let last = range.start;
      for (let k = 1; k <= target; k++) {
        const c = checkpointAt(range, target, pace, k);
        expect(c >= last && c <= range.end).toBe(true);
        last = c;
      }
      expect(last).toBe(range.end);
    }),
    { numRuns: 100 },
  );
});
