import { daysBetween } from '../dates.ts';
import { identityOf } from '../identities.ts';
import { type Duty, dayOf, fresh, isDatedDocument, isPlanned } from './day.ts';
import type { Contributor, NoticeFacts } from './types.ts';

export const MOST_NOTICES = 3;
/** Leaves room for holidays, and three days before the next week begins. */
const FIRST_DAYS_OF_WEEK = 5;

const inWeek = ({ obligation, k }: Duty, recipientId: string, week: number) => ({
  kind: 'overdue' as const,
  recipientId,
  key: obligation.id,
  stage: `${k}.${week}`,
});

/** How many notices of a missed checkpoint a person had received before that week of lateness, as far as it matters. */
export function overdueNoticesSent(facts: NoticeFacts, duty: Duty, recipientId: string, week: number): number {
  let count = 0;
  for (let n = 1; n < week && count < MOST_NOTICES; n++)
    if (facts.sent.has(identityOf(inWeek(duty, recipientId, n)))) count++;
  return count;
}

/**
 * From the first school day after a missed checkpoint: once a week while the period lasts, at most three in all. `notice`
 * counts the notices that the person has received, so that a late programme's first reminder is called the first.
 */
export const overdueNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!day.calendar.isSchoolDay(day.date)) return [];
  const wanted = day.turning.flatMap((d) => {
    const first = d.lateSince;
    if (first === undefined || first > day.date || d.obligation.period.end < day.date) return [];
    if (isDatedDocument(d.obligation)) return [];
    const late = daysBetween(first, day.date);
    if (late % 7 >= FIRST_DAYS_OF_WEEK) return [];
    const week = 1 + Math.floor(late / 7);
    return d.obligation.bearerIds
      .filter((id) => !isPlanned(day, id, d.obligation.id))
      .flatMap((recipientId) => {
        const notice = 1 + overdueNoticesSent(facts, d, recipientId, week);
        if (notice > MOST_NOTICES) return [];
        return [{ ...inWeek(d, recipientId, week), obligationIds: [d.obligation.id], missed: d.checkpoint, notice }];
      });
  });
  return fresh(facts, day.date, wanted);
};
