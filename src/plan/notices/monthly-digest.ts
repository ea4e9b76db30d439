import { addDays } from '../dates.ts';
import { type Duty, dayOf, firstDay, listed, STILL_WANTED_DAYS } from './day.ts';
import type { Contributor } from './types.ts';

/** By due date; on one date, never done first, then the longest ago. */
const byNeed = (a: Duty, b: Duty): number =>
  compare(a.checkpoint, b.checkpoint) || compare(a.lastDone ?? '', b.lastDone ?? '');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** On the first school day of a month: the month's duties of a person, the earliest due first. */
export const monthlyDigestNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  const month = day.date.slice(0, 7);
  const first = firstDay(`${month}-01`, day.calendar.isSchoolDay, 30);
  if (!day.calendar.isSchoolDay(day.date) || !first || first > day.date || day.date > addDays(first, STILL_WANTED_DAYS))
    return [];
  const about = { kind: 'monthly-digest' as const, key: month, stage: '1', month: Number(month.slice(5)) };
  return listed(facts, day, about, (duties) =>
    duties.filter((d) => d.obligation.period.end >= day.date).toSorted(byNeed),
  );
};
