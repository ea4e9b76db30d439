import { expect, test } from 'vitest';
import { dayAt, instantOf, isoAt, localTime, localWords, nextMorning, timeAt } from '../../src/plan/clock.ts';

const at = (iso: string) => Temporal.Instant.from(iso).epochMilliseconds;

test('the local time of a place', () => {
  const late = at('2026-11-20T16:30:59Z');
  expect(dayAt(late, 'Asia/Shanghai')).toBe('2026-11-21');
  expect(dayAt(late, 'Europe/Berlin')).toBe('2026-11-20');
  expect(localTime(late, 'Asia/Shanghai')).toBe('2026-11-21T00:30');
  expect(localWords(late, 'Asia/Shanghai')).toBe('2026-11-21 00:30');
  expect(timeAt(late, 'Asia/Shanghai')).toBe('00:30');
  expect(isoAt(late, 'Asia/Shanghai')).toBe('2026-11-21T00:30:59+08:00');
});

test('a time of a day, even if clocks are set forward over it', () => {
  expect(instantOf('2026-11-21', '09:07', 'Asia/Shanghai')).toBe(at('2026-11-21T01:07:00Z'));
  expect(instantOf('2027-03-28', '02:30', 'Europe/Berlin')).toBe(at('2027-03-28T01:30:00Z'));
});

test('the next morning is today’s if it is still ahead', () => {
  expect(nextMorning(at('2026-11-20T22:00:00Z'), 'Asia/Shanghai', '07:30')).toBe(at('2026-11-20T23:37:00Z'));
  expect(nextMorning(at('2026-11-20T23:37:00Z'), 'Asia/Shanghai', '07:30')).toBe(at('2026-11-21T23:37:00Z'));
  expect(nextMorning(at('2026-11-20T23:37:00Z'), 'Asia/Shanghai', '08:00')).toBe(at('2026-11-21T00:07:00Z'));
});
