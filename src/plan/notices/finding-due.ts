import { addDays, type Ymd } from '../dates.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor } from './types.ts';

/** How many days before its day a finding is reminded of, and how many after it once more. */
const AHEAD_DAYS = 3;
const STILL_ASKED_DAYS = 7;

const stageOf = (due: Ymd, date: Ymd): 'soon' | 'late' | undefined => {
  if (date <= due) return date >= addDays(due, -AHEAD_DAYS) ? 'soon' : undefined;
  return date <= addDays(due, STILL_ASKED_DAYS) ? 'late' : undefined;
};

/** A finding without an answer, to those who must act: once shortly before its day and once after. It has a date, so in the holidays too. */
export const findingDueNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (day.calendar.isDayOff(day.date)) return [];
  const wanted = (facts.findings ?? []).flatMap(({ inspectionId, finding: { n, ownerIds, due, state } }) => {
    const stage = stageOf(due, day.date);
    if (!stage || state !== 'open') return [];
    const key = `${inspectionId}:${n}`;
    return ownerIds.map((recipientId) => ({
      ...{ kind: 'finding-due' as const, recipientId, key, stage: `${stage}:${due}` },
      ...{ inspectionId, n, due },
    }));
  });
  return fresh(facts, day.date, wanted);
};
