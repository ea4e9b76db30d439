import { addDays } from '../dates.ts';
import { type Day, type Duty, dayOf, firstDay, fresh, STILL_WANTED_DAYS } from './day.ts';
import type { Contributor, NoticeFacts, WantedNotice } from './types.ts';

const CLOSING_DAYS = 14;

function perBearer(
  facts: NoticeFacts,
  day: Day,
  kind: 'term-opening' | 'term-closing',
  term: { name: string; start: string },
  fits: (duty: Duty) => boolean,
): WantedNotice[] {
  const wanted = [...day.dutiesOf].flatMap(([recipientId, duties]) => {
    const listed = duties.filter(fits);
    if (listed.length === 0) return [];
    const obligationIds = listed.map((d) => d.obligation.id);
    return [{ kind, recipientId, key: term.start, stage: '1', term: term.name, obligationIds }];
  });
  return fresh(facts, day.date, wanted);
}

/** On the first school day of a term: what it asks. */
export const termOpeningNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  const term = facts.programme.terms.find((t) => t.start <= day.date && day.date <= t.end);
  const first = term && firstDay(term.start, day.calendar.isSchoolDay, 14);
  if (!first || day.date < first || day.date > addDays(first, STILL_WANTED_DAYS)) return [];
  if (!day.calendar.isSchoolDay(day.date)) return [];
  return perBearer(facts, day, 'term-opening', term, (d) => d.obligation.period.end >= day.date);
};

/** Once in the last two weeks of a term: what is still open and ends with it. */
export const termClosingNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  const term = facts.programme.terms.find((t) => addDays(t.end, 1 - CLOSING_DAYS) <= day.date && day.date <= t.end);
  if (!term || !day.calendar.isSchoolDay(day.date)) return [];
  const ends = (d: Duty): boolean => day.date <= d.obligation.period.end && d.obligation.period.end <= term.end;
  return perBearer(facts, day, 'term-closing', term, ends);
};
