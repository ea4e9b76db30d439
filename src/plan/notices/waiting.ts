import { addDays } from '../dates.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor } from './types.ts';

/** After this many days somebody who has not tapped will not do so for a reminder. */
const STILL_ASKED_DAYS = 7;

/** What waits for a tap of its writer: reminded of once, on the next school day. Later morning cards show it too. */
export const waitingNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!day.calendar.isSchoolDay(day.date)) return [];
  const wanted = [...(facts.waiting ?? [])]
    .filter(([, since]) => since < day.date && day.date <= addDays(since, STILL_ASKED_DAYS))
    .map(([recipientId, since]) => ({ kind: 'waiting' as const, recipientId, key: since, stage: '1' }));
  return fresh(facts, day.date, wanted);
};
