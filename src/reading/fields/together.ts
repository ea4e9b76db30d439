import type { Token } from '../tokens/tokens.ts';
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

/** 15日与小雨谈话⏎17日去她家: the one pupil of the lines above. */
export function sameChild(readings: Reading[], before: Reading[], tokens: Token[]): Reading[] {
  const known = before.findLast(({ pupils }) => pupils !== undefined)?.pupils ?? [];
  if (known.length !== 1 || !tokens.some(({ text }) => /^[他她]$/u.test(text))) return readings;
  return readings.map((reading) => {
    if (reading.ask?.join() !== 'pupils') return reading;
    const { ask: _ask, choices: _choices, ...rest } = reading;
    return { ...rest, status: 'done', pupils: known };
  });
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
