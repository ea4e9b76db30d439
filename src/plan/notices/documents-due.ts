import { addDays, daysBetween } from '../dates.ts';
import { dayOf, fresh, isDatedDocument } from './day.ts';
import type { Contributor } from './types.ts';

/** Papers are requested a month and a week before their date, and once after it. */
function stageOf(daysLeft: number): string | undefined {
  if (daysLeft > 30) return undefined;
  if (daysLeft > 7) return '30';
  if (daysLeft >= 0) return '7';
  return daysLeft >= -14 ? 'late' : undefined;
}

/** Plans and summaries that are due on a date: to their bearers, on working days, in the holidays too. */
export const documentsDueNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (day.calendar.isDayOff(day.date)) return [];
  const wanted = day.turning.flatMap((d) => {
    const due = d.obligation.period.end;
    const stage = isDatedDocument(d.obligation) ? stageOf(daysBetween(day.date, due)) : undefined;
    if (!stage || (d.since && due < d.since && addDays(due, 1) <= day.date)) return [];
    return d.obligation.bearerIds.map((recipientId) => ({
      kind: 'documents-due' as const,
      recipientId,
      key: d.obligation.id,
      stage,
      obligationIds: [d.obligation.id],
      due,
    }));
  });
  return fresh(facts, day.date, wanted);
};
