import { addDays } from '../dates.ts';
import { type Day, type Duty, dayOf, firstDay, isDatedDocument, listed, STILL_WANTED_DAYS } from './day.ts';
import type { Contributor, NoticeFacts } from './types.ts';

const MIDDLE_OF_MONTH = '15';
/** A term that has just begun is opened, not asked about. */
const AFTER_TERM_START_DAYS = 14;
/** More questions would make a form, which people do not answer. */
const MOST_DUTIES = 3;
const DUE_WITHIN_DAYS = 14;

function isAsking(day: Day, facts: NoticeFacts): boolean {
  const { isSchoolDay } = day.calendar;
  const term = facts.programme.terms.find((t) => t.start <= day.date && day.date <= t.end);
  if (!isSchoolDay(day.date) || !term || day.date < addDays(term.start, AFTER_TERM_START_DAYS)) return false;
  const first = firstDay(`${day.date.slice(0, 7)}-${MIDDLE_OF_MONTH}`, isSchoolDay, 15);
  return first !== undefined && first <= day.date && day.date <= addDays(first, STILL_WANTED_DAYS);
}

/** The same duty towards several pupils is one question. */
const lineOf = ({ obligation: o, checkpoint }: Duty): string =>
  [o.planId, o.requirement.id, o.period.start, o.period.end, checkpoint].join('|');

/** Late, or due within two weeks; papers have separate notices. */
const isPressing = ({ obligation, checkpoint }: Duty, date: string): boolean =>
  obligation.period.end >= date && !isDatedDocument(obligation) && checkpoint <= addDays(date, DUE_WITHIN_DAYS);

/** Mid-month: how do the most pressing duties stand? Asked once; duties answered this month are omitted. */
export const checkInNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!isAsking(day, facts)) return [];
  const month = day.date.slice(0, 7);
  return listed(facts, day, { kind: 'check-in' as const, key: month, stage: '1' }, (duties, recipientId) => {
    const pressing = duties
      .filter((d) => isPressing(d, day.date))
      .filter((d) => (day.answerOf(recipientId, d.obligation.id)?.on ?? '').slice(0, 7) !== month)
      .toSorted((a, b) => (a.checkpoint < b.checkpoint ? -1 : 1));
    return [...Map.groupBy(pressing, lineOf).values()].slice(0, MOST_DUTIES).flat();
  });
};
