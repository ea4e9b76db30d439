import { FRIDAY, mondayOf, weekdayOf } from '../dates.ts';
import { rosterOf } from '../roster.ts';
import { dayOf, fresh } from './day.ts';
import { byPerson, stillLate } from './scope.ts';
import type { Contributor } from './types.ts';

/** Friday afternoon, to leaders who subscribed: counts only, of their school, or of all schools for the bureau. */
export const weeklySummaryNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (weekdayOf(day.date) !== FRIDAY || day.calendar.isDayOff(day.date)) return [];
  const { person } = rosterOf(facts.programme);
  const active = facts.owed.filter(
    ({ obligation: o }) => !o.waived && o.period.start <= day.date && day.date <= o.period.end,
  );
  const late = byPerson(stillLate(day));
  const wanted = (facts.subscribers ?? []).flatMap((recipientId) => {
    const leader = person.get(recipientId);
    if (!leader) return [];
    const ofSchool = (id: string): boolean => !leader.schoolId || person.get(id)?.schoolId === leader.schoolId;
    const seen = active.filter(({ obligation: o }) => o.bearerIds.some(ofSchool));
    const counts = new Map<string, number>();
    for (const [personId, list] of late) {
      const schoolId = person.get(personId)?.schoolId;
      if (schoolId && ofSchool(personId)) counts.set(schoolId, (counts.get(schoolId) ?? 0) + list.length);
    }
    return [
      {
        kind: 'weekly-summary' as const,
        recipientId,
        key: day.date,
        stage: '1',
        from: mondayOf(day.date),
        to: day.date,
        met: seen.filter(({ obligation: o, done }) => done >= o.target).length,
        total: seen.length,
        late: [...counts].map(([schoolId, count]) => ({ schoolId, count })).sort((a, b) => b.count - a.count),
      },
    ];
  });
  return fresh(facts, day.date, wanted);
};
