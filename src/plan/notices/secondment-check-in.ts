import { dayOf, fresh } from './day.ts';
import type { Contributor } from './types.ts';

/** Each school day, to everybody on secondment who has neither checked in nor taken leave. */
export const secondmentCheckInNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!day.calendar.isSchoolDay(day.date)) return [];
  const wanted = (facts.secondments ?? [])
    .filter((s) => s.from <= day.date && (!s.to || day.date <= s.to))
    .filter((s) => !facts.attended?.has(`${s.personId}|${day.date}`))
    .map((s) => ({
      kind: 'secondment-check-in' as const,
      recipientId: s.personId,
      key: day.date,
      stage: '1',
      date: day.date,
      ...(s.placeId && { placeId: s.placeId }),
    }));
  return fresh(facts, day.date, wanted);
};
