import type { Ymd } from '../../plan/dates.ts';
import type { Script } from '../structure/pieces.ts';
import type { Unit } from '../tables/school.ts';
import { resolve } from '../tokens/calendar.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';

const COUNTED: ReadonlySet<Unit | undefined> = new Set([
  'times',
  'lessons',
  'goods',
  'money',
  'days',
  'weeks',
  'months',
]);

/** The dates, numbers and names of a message that no reading uses: the best sign of a misreading. 两节都评了 counts nothing new. */
export function unusedIn({ tokens, text }: Script, readings: Reading[], today: Ymd, roster: NameRoster): Token[] {
  const names = new Set(readings.flatMap(namesOf));
  const numbers = new Set(readings.flatMap(numbersOf));
  const sender = roster.knows.sender;
  return tokens.filter((token) => {
    if (token.date) return !readings.some((reading) => dated(reading, token, today));
    if (token.count)
      return (
        COUNTED.has(token.count.unit) &&
        token.count.n !== undefined &&
        token.count.n !== 1 &&
        !/^[都均全]/u.test(text.slice(token.end)) &&
        token.count.n !== 0.5 &&
        !numbers.has(token.count.n)
      );
    if (!token.named) return false;
    const { pupils, people, schools } = token.named;
    const all = [...pupils, ...people, ...schools];
    return !all.some((name) => names.has(name) || name === sender?.name || name === sender?.school);
  });
}

function namesOf(reading: Reading): string[] {
  const { pupils = [], participants = [], by, teacher, place, partner, to, choices = {} } = reading;
  return [
    by,
    place,
    partner,
    to,
    ...(teacher?.split('、') ?? []),
    ...pupils,
    ...participants,
    ...Object.values(choices).flat(),
  ].filter((name) => name !== undefined);
}

function numbersOf(reading: Reading): number[] {
  const { times, lessons, per_pupil_times, pupil_count, days, weeks, months, cash_yuan, value_yuan, pieces } = reading;
  return [
    ...[times, lessons, per_pupil_times, pupil_count, days, weeks, months, cash_yuan, value_yuan, pieces],
    ...(reading.items ?? []).map((item) => item.qty),
    ...Object.values(reading.set ?? {}),
  ].filter((n) => typeof n === 'number');
}

/** Whether a reading has a day that this expression can mean. Words without a day (最近) never match. */
function dated(reading: Reading, token: Token, today: Ymd): boolean {
  const said = token.date!.said;
  if (said === 'vague' || said === 'term' || said === 'later' || said === 'week' || said === 'month') return true;
  const held = [reading.date, ...(reading.dates ?? []), reading.date_from, reading.date_to];
  return (['past', 'future', 'open'] as const).some((tense) => {
    const when = resolve(token.date!, today, tense);
    const days = when.from ? [when.from, when.to] : when.days;
    return days.some((day) => held.includes(day));
  });
}
