import { addDays } from '../dates.ts';
import { type Duty, dayOf, firstDay, listed, STILL_WANTED_DAYS } from './day.ts';
import type { Contributor } from './types.ts';

const CLOSING_DAYS = 14;

const about = (kind: 'term-opening' | 'term-closing', term: { name: string; start: string }) => ({
  kind,
  key: term.start,
  stage: '1',
  term: term.name,
});

/** On the first school day of a term: the term's duties. */
export const termOpeningNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  const term = facts.programme.terms.find((t) => t.start <= day.date && day.date <= t.end);
  const first = term && firstDay(term.start, day.calendar.isSchoolDay, 14);
  if (!first || day.date < first || day.date > addDays(first, STILL_WANTED_DAYS)) return [];
  if (!day.calendar.isSchoolDay(day.date)) return [];
  return listed(facts, day, about('term-opening', term), (duties) =>
    duties.filter((d) => d.obligation.period.end >= day.date),
  );
};

/** Once in the last two weeks of a term: open duties that end with it. */
export const termClosingNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  const term = facts.programme.terms.find((t) => addDays(t.end, 1 - CLOSING_DAYS) <= day.date && day.date <= t.end);
  if (!term || !day.calendar.isSchoolDay(day.date)) return [];
  const ends = (d: Duty): boolean => day.date <= d.obligation.period.end && d.obligation.period.end <= term.end;
  return listed(facts, day, about('term-closing', term), (duties) => duties.filter(ends));
};
