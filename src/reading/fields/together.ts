import type { Reading } from '../types.ts';

/** Lines of a list about one activity on several days become one reading with all dates (reading.md, 5). */
export function together(readings: Reading[]): Reading[] {
  const out: Reading[] = [];
  for (const reading of readings) {
    const at = out.findIndex((other) => other.status === 'done' && keyOf(other) === keyOf(reading));
    if (at >= 0 && reading.date && daysOf(out[at]!).length > 0) out[at] = sum(out[at]!, reading);
    else out.push(reading);
  }
  return out;
}

function keyOf(reading: Reading): string {
  const { date: _date, dates: _dates, times: _times, lessons, per_pupil_times: _per, p: _p, ...rest } = reading;
  return JSON.stringify([{ ...rest, lessons: lessons === undefined }, ...Object.keys(rest).sort()]);
}

const daysOf = (reading: Reading) => reading.dates ?? (reading.date ? [reading.date] : []);

function sum(one: Reading, other: Reading): Reading {
  const dates = [...new Set([...daysOf(one), ...daysOf(other)])].sort();
  const { date: _date, ...rest } = one;
  const add = (name: 'times' | 'lessons' | 'per_pupil_times') =>
    one[name] === undefined ? {} : { [name]: one[name]! + (other[name] ?? 1) };
  return {
    ...rest,
    ...(dates.length > 1 ? { dates } : { date: dates[0] }),
    ...add('times'),
    ...add('lessons'),
    ...add('per_pupil_times'),
  };
}
