import { addDays, daysBetween } from '../dates.ts';
import type { Ymd } from '../types.ts';
import { type Day, type Duty, dayOf, firstDay, fresh, isDatedDocument, isPlanned } from './day.ts';
import type { Contributor } from './types.ts';

const MOST_NOTICES = 3;
/** A summer without school days lies between a missed checkpoint in July and the first school day after it. */
const LONGEST_BREAK = 60;

/** The first school day after the checkpoint that a duty has missed; undefined where it has missed none. */
export const lateSince = (day: Day, duty: Duty): Ymd | undefined => {
  if (duty.checkpoint >= day.date) return undefined;
  // Nobody is told of a checkpoint that lay before the duty was asked for.
  if (duty.since && duty.checkpoint < duty.since) return undefined;
  return firstDay(addDays(duty.checkpoint, 1), day.calendar.isSchoolDay, LONGEST_BREAK);
};

/** First school day after a missed checkpoint, then weekly, at most three; only the latest that is due. */
export const overdue: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!day.calendar.isSchoolDay(day.date)) return [];
  const wanted = day.duties.flatMap((d) => {
    if (isDatedDocument(d.obligation)) return [];
    const first = lateSince(day, d);
    if (first === undefined || first > day.date) return [];
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
