import { addDays, type Ymd } from '../dates.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor } from './types.ts';

/** A term may end with so many days without school. */
const LONGEST_TAIL = 14;

/** The last school day of a term; thanks are sent then, before the holidays. */
export function lastSchoolDay(term: { start: Ymd; end: Ymd }, isSchoolDay: (day: Ymd) => boolean): Ymd | undefined {
  for (let i = 0, day = term.end; i <= LONGEST_TAIL && day >= term.start; i++, day = addDays(day, -1))
    if (isSchoolDay(day)) return day;
  return undefined;
}

/** On the last school day of a term: thanks to everybody who has done something in it, with figures. No ranking. */
export const termThanksNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  const term = facts.programme.terms.find((t) => lastSchoolDay(t, day.calendar.isSchoolDay) === day.date);
  if (!term) return [];
  const wanted = [...(facts.deeds ?? [])].map(([recipientId, deeds]) => ({
    kind: 'term-thanks' as const,
    recipientId,
    key: term.start,
    stage: '1',
    term: term.name,
    ...deeds,
  }));
  return fresh(facts, day.date, wanted);
};
