import { dayOf, fresh, isDatedDocument, isPlanned } from './day.ts';
import type { Contributor } from './types.ts';

/** From seven days before a checkpoint, once for each, unless the person has named a day that is still to come. */
export const dueSoonNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!day.calendar.isSchoolDay(day.date)) return [];
  const wanted = day.turning
    .filter((d) => d.state === 'due_soon' && !isDatedDocument(d.obligation))
    .flatMap((d) =>
      d.obligation.bearerIds
        .filter((id) => !isPlanned(day, id, d.obligation.id))
        .map((recipientId) => ({
          kind: 'due-soon' as const,
          recipientId,
          key: d.obligation.id,
          stage: String(d.k),
          obligationIds: [d.obligation.id],
          checkpoint: d.checkpoint,
        })),
    );
  return fresh(facts, day.date, wanted);
};
