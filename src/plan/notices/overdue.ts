import { daysBetween } from '../dates.ts';
import { dayOf, fresh, isDatedDocument, isPlanned } from './day.ts';
import type { Contributor } from './types.ts';

const MOST_NOTICES = 3;
/** First school day after a missed checkpoint, then weekly, at most three; only the latest that is due. */
export const overdue: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!day.calendar.isSchoolDay(day.date)) return [];
  const wanted = day.duties.flatMap((d) => {
    const first = d.lateSince;
    if (first === undefined || first > day.date || isDatedDocument(d.obligation)) return [];
    const notice = 1 + Math.floor(daysBetween(first, day.date) / 7);
    if (notice > MOST_NOTICES) return [];
    return d.obligation.bearerIds
      .filter((id) => !isPlanned(day, id, d.obligation.id))
      .map((recipientId) => ({
        kind: 'overdue' as const,
        recipientId,
        key: d.obligation.id,
        stage: `${d.k}.${notice}`,
        obligationIds: [d.obligation.id],
        missed: d.checkpoint,
        notice,
      }));
  });
  return fresh(facts, day.date, wanted);
};
