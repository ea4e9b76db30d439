import { FRIDAY, mondayOf, weekdayOf } from '../dates.ts';
import { askedOf, figuresOf } from '../figures.ts';
import { rosterOf } from '../roster.ts';
import { standingOn } from '../standing.ts';
import { dayOf, fresh } from './day.ts';
import type { Contributor } from './types.ts';

/** Friday afternoon, to leaders who subscribed: counts only, of their school, or of all schools for the bureau. */
export const weeklySummaryNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (weekdayOf(day.date) !== FRIDAY || day.calendar.isDayOff(day.date)) return [];
  const { subscribers = [] } = facts;
  if (subscribers.length === 0) return [];
  const { person } = rosterOf(facts.programme);
  const active = facts.owed.filter(
    ({ obligation: o }) => !o.waived && o.period.start <= day.date && day.date <= o.period.end,
  );
  const wanted = subscribers.flatMap((recipientId) => {
    const leader = person.get(recipientId);
    if (!leader) return [];
    const ofSchool = (id: string): boolean => !leader.schoolId || person.get(id)?.schoolId === leader.schoolId;
    const seen = active.filter(({ obligation: o }) => o.bearerIds.some(ofSchool));
    const { counts } = figuresOf(seen, day.date);
    const bySchool = new Map<string, number>();
    for (const { obligation: o, done } of seen) {
      if (standingOn(o, done, day.date).state !== 'overdue') continue;
      const schoolId = person.get(o.bearerIds.find(ofSchool) ?? '')?.schoolId;
      if (schoolId) bySchool.set(schoolId, (bySchool.get(schoolId) ?? 0) + 1);
    }
    return [
      {
        kind: 'weekly-summary' as const,
        recipientId,
        key: day.date,
        stage: '1',
        from: mondayOf(day.date),
        to: day.date,
        met: counts.met,
        total: askedOf(counts),
        late: [...bySchool].map(([schoolId, count]) => ({ schoolId, count })).sort((a, b) => b.count - a.count),
      },
    ];
  });
  return fresh(facts, day.date, wanted);
};
