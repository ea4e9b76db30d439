import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { schoolCalendar } from '../../src/plan/calendar.ts';
import { eachDay, weekdayOf } from '../../src/plan/dates.ts';
import { planOf, programmeOf } from './programme.ts';

const plan = planOf({ id: 'r' });
const calendar = schoolCalendar(programmeOf(plan));
const off = (start: string, end: string) => eachDay({ start, end }).filter((d) => !calendar.isSchoolDay(d));

test('2026 follows the published calendar: the National Day week is off, make-up days are school days', () => {
  expect(calendar.provisional(2026)).toBe(false);
  expect(off('2026-10-01', '2026-10-07')).toHaveLength(7);
  expect(calendar.isSchoolDay('2026-10-08')).toBe(true);
  expect(calendar.isSchoolDay('2026-10-10')).toBe(true); // Saturday, make-up day
  expect(calendar.isSchoolDay('2026-09-20')).toBe(true); // Sunday, make-up day
  expect(calendar.isSchoolDay('2026-09-25')).toBe(false); // Mid-autumn
  expect(calendar.isSchoolDay('2026-09-12')).toBe(false); // an ordinary Saturday
});

test('2027 knows only festival days and says that it is provisional', () => {
  expect(calendar.provisional(2027)).toBe(true);
  expect(calendar.isDayOff('2027-01-01')).toBe(true);
  // From New Year's Eve to the third day of the first month: 5 to 8 February 2027.
  for (const day of ['2027-02-05', '2027-02-08']) expect(calendar.isDayOff(day)).toBe(true);
  expect(calendar.isDayOff('2027-02-09')).toBe(false);
  expect(calendar.isSchoolDay('2027-04-05')).toBe(false); // Qingming, a Monday
  expect(calendar.isSchoolDay('2027-06-09')).toBe(false); // Dragon Boat, a Wednesday
  expect(calendar.isDayOff('2027-10-01')).toBe(true);
  expect(calendar.isDayOff('2027-09-15')).toBe(true); // Mid-autumn, a Wednesday
  expect(calendar.isSchoolDay('2027-05-08')).toBe(false); // no make-up Saturdays are invented
});

test('days outside terms are not school days, on any weekday', () => {
  expect(weekdayOf('2027-02-10')).toBe(3);
  expect(calendar.isSchoolDay('2027-02-10')).toBe(false);
  expect(calendar.isTermDay('2027-01-22')).toBe(true);
  expect(calendar.isTermDay('2027-01-23')).toBe(false);
});

test('a programme’s own holidays replace the statutory ones', () => {
  const custom = schoolCalendar(
    programmeOf(plan, {
      holidays: [
        { start: '2026-10-01', end: '2026-10-03' },
        { start: '2026-10-17', end: '2026-10-17', school: true },
      ],
    }),
  );
  expect(custom.isSchoolDay('2026-10-02')).toBe(false);
  expect(custom.isSchoolDay('2026-10-05')).toBe(true); // Monday, statutory holiday not taken over
  expect(custom.isSchoolDay('2026-10-10')).toBe(false); // Saturday, statutory make-up day not taken over
  expect(custom.isSchoolDay('2026-10-17')).toBe(true);
  expect(custom.provisional(2027)).toBe(false);
});

test('the machine’s time zone does not matter', () => {
  const script = `
    import { schoolCalendar } from './src/plan/calendar.ts';
    const c = schoolCalendar({ terms: [{ name: 't', start: '2026-01-01', end: '2030-12-31' }] });
    console.log(['2026-10-10', '2026-10-08', '2026-10-07', '2027-02-05', '2027-02-09', '2027-04-05', '2027-06-09', '2028-01-25']
      .map((d) => (c.isDayOff(d) ? 'off' : 'on')).join(' '));`;
  for (const TZ of ['America/Los_Angeles', 'Pacific/Kiritimati']) {
    const args = ['--input-type=module-typescript', '-e', script];
    const out = execFileSync(process.execPath, args, { env: { ...process.env, TZ }, encoding: 'utf8' });
    expect(out.trim()).toBe('on on off off on off off off');
  }
});
