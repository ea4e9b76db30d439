import { addDays, daysBetween } from '../dates.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor, WantedNotice } from './types.ts';

/** Later than this nobody remembers who was there. */
const STILL_TOLD_DAYS = 10;
/** So long it waits for a card that goes out anyway. */
const WAITS_DAYS = 3;

/** Who stands in a record that somebody else has made is told so once, with [不是我]. */
export const creditedNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!day.calendar.isSchoolDay(day.date)) return [];
  const wanted = (facts.credited ?? [])
    .filter(({ recordedOn }) => recordedOn < day.date && day.date <= addDays(recordedOn, STILL_TOLD_DAYS))
    .map(({ activityId, personId, recordedOn }) => ({
      kind: 'credited' as const,
      recipientId: personId,
      key: activityId,
      stage: '1',
      activityId,
      recordedOn,
    }));
  return fresh(facts, day.date, wanted);
};

/** Whether these parts are worth a card of their own on a day: what only tells of a record waits for other news. */
export const worthACard = (parts: WantedNotice[], date: string): boolean =>
  parts.some((p) => p.kind !== 'credited' || daysBetween(p.recordedOn, date) >= WAITS_DAYS);
