import { addDays } from '../dates.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor } from './types.ts';

/** After this many days a reminder no longer helps. */
const STILL_ASKED_DAYS = 7;

/** Drafts that wait for their writer's tap: one reminder, on the next school day. Later morning cards show them too. */
export const waitingNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!day.calendar.isSchoolDay(day.date)) return [];
  const wanted = [...(facts.waiting ?? [])]
    .filter(([, since]) => since < day.date && day.date <= addDays(since, STILL_ASKED_DAYS))
    .map(([recipientId, since]) => ({ kind: 'waiting' as const, recipientId, key: since, stage: '1' }));
  return fresh(facts, day.date, wanted);
};
