import { addDays } from '../dates.ts';
import { dayOf, FORGOTTEN_DAYS, firstDay, fresh, isDatedDocument } from './day.ts';
import type { Contributor } from './types.ts';

/** How many days after the first school day that follows a period its question may still be sent, to people who were away. */
const STILL_ASKED_DAYS = 13;

/** On the first school day after a period that ended unmet: was it done but not reported? Asked only once. */
export const lapsedNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  const { isSchoolDay } = day.calendar;
  if (!isSchoolDay(day.date)) return [];
  const wanted = day.turning.flatMap(({ obligation, since }) => {
    const { end } = obligation.period;
    if (end >= day.date || isDatedDocument(obligation) || (since && end < since)) return [];
    const first = firstDay(addDays(end, 1), isSchoolDay, FORGOTTEN_DAYS);
    if (!first || day.date < first || day.date > addDays(first, STILL_ASKED_DAYS)) return [];
    return obligation.bearerIds
      .filter((id) => day.answerOf(id, obligation.id)?.answer !== 'not_done')
      .map((recipientId) => ({
        kind: 'lapsed' as const,
        recipientId,
        key: obligation.id,
        stage: '1',
        obligationIds: [obligation.id],
      }));
  });
  return fresh(facts, day.date, wanted);
};
