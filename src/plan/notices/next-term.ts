import { addDays } from '../dates.ts';
import { allActingOn } from '../policy.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor } from './types.ts';

const DAYS_BEFORE = 30;

/** Thirty days and a week before the last known term ends: asks the coordinators for the next one. */
export const nextTermNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (day.calendar.isDayOff(day.date)) return [];
  const last = facts.programme.terms.toSorted((a, b) => (a.end < b.end ? -1 : 1)).at(-1);
  // If the year ends with it, the new-year notice asks for the change of the year instead.
  if (!last || ['05', '06', '07', '08'].includes(last.end.slice(5, 7))) return [];
  if (day.date < addDays(last.end, -DAYS_BEFORE) || day.date > addDays(last.end, DAYS_BEFORE)) return [];
  const stage = day.date < addDays(last.end, -7) ? '30' : '7';
  const wanted = allActingOn(facts.programme.people, day.date)
    .filter((p) => p.roles.includes('coordinator') || p.roles.includes('bureau_coordinator'))
    .map((p) => ({
      kind: 'next-term' as const,
      recipientId: p.id,
      key: last.end,
      stage,
      term: last.name,
      end: last.end,
    }));
  return fresh(facts, day.date, wanted);
};
