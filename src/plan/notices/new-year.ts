import { addDays } from '../dates.ts';
import { isBegun, yearToClose } from '../new-year.ts';
import { allActingOn } from '../policy.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor } from './types.ts';

const DAYS_BEFORE_END = 14;
const AUGUST = '08-20';
const LAST_ASKED = '10-10';

/** In June, two weeks before the last term ends and before the next year begins: coordinators are asked to change the year. */
export const newYearNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  const { programme } = facts;
  const years = day.calendar.isDayOff(day.date) ? undefined : yearToClose(programme, day.date);
  if (!years) return [];
  const year = years.closing + 1;
  if (day.date > `${year}-${LAST_ASKED}`) return [];
  const stage =
    day.date >= `${year}-${AUGUST}` ? 'august' : day.date >= addDays(years.end, -DAYS_BEFORE_END) ? 'end' : 'june';
  const wanted = allActingOn(programme.people, day.date)
    .filter((p) => p.roles.includes(p.schoolId === undefined ? 'bureau_coordinator' : 'coordinator'))
    .filter((p) => !isBegun(programme, year, p.schoolId))
    .map((p) => ({ kind: 'new-year' as const, recipientId: p.id, key: String(year), stage, year }));
  return fresh(facts, day.date, wanted);
};
