import { addDays, daysBetween } from '../dates.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor, WantedNotice } from './types.ts';

/** Later than this, people no longer remember who took part. */
const STILL_SENT_DAYS = 10;
/** How long it waits to be added to another card. */
const WAITS_DAYS = 3;

/** Notifies a person once, with [不是我], that another person's record names them. */
export const creditedNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!day.calendar.isSchoolDay(day.date)) return [];
  const wanted = (facts.credited ?? [])
    .filter(({ recordedOn }) => recordedOn < day.date && day.date <= addDays(recordedOn, STILL_SENT_DAYS))
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

/** Whether these parts justify a card on a day: parts that only mention a record wait for other news. */
export const worthACard = (parts: WantedNotice[], date: string): boolean =>
  parts.some((p) => p.kind !== 'credited' || daysBetween(p.recordedOn, date) >= WAITS_DAYS);
