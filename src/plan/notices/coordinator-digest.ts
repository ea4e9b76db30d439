import { mondayOf, type Ymd } from '../dates.ts';
import { allActingOn } from '../policy.ts';
import { warningsFor } from '../roster-warnings.ts';
import { type Day, dayOf, firstDay, fresh } from './day.ts';
import { byPerson, type Late, scopes, signOf, stillLate } from './scope.ts';
import type { Contributor } from './types.ts';

/** Duties with a request for help, late or not. */
function askedHelp(day: Day, late: Late[]): Late[] {
  const known = new Set(late.map((l) => `${l.personId}|${l.duty.obligation.id}`));
  return day.duties.flatMap((duty) =>
    duty.obligation.bearerIds.flatMap((personId) => {
      const answer = day.answerOf(personId, duty.obligation.id);
      const isNew = answer?.answer === 'help' && !known.has(`${personId}|${duty.obligation.id}`);
      return isNew ? [{ duty, personId, since: answer.on }] : [];
    }),
  );
}

/**
 * On the week's first school day: who is late, since when, tried (and why it failed) or silent, and who requests help. School
 * coordinators see their school, those of the bureau what schools owe; nobody sees their own duties.
 */
export const coordinatorDigestNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  const monday = mondayOf(day.date);
  const isDigestDay = (date: Ymd) => firstDay(mondayOf(date), day.calendar.isSchoolDay, 6) === date;
  if (!isDigestDay(day.date)) return [];
  const late = stillLate(day);
  const shown = [...late, ...((facts.answers ?? []).length > 0 ? askedHelp(day, late) : [])];
  const year = Number(day.date.slice(0, 4));
  const provisional = [year, year + 1].filter(
    (y) => day.calendar.provisional(y) && facts.programme.terms.some((t) => t.end.slice(0, 4) === String(y)),
  );
  const inScope = scopes(facts, shown);
  const wanted = allActingOn(facts.programme.people, day.date)
    .filter((p) => p.roles.includes('coordinator') || p.roles.includes('bureau_coordinator'))
    .flatMap((coordinator) => {
      const people = [...byPerson(inScope(coordinator))]
        .filter(([personId]) => personId !== coordinator.id)
        .map(([personId, list]) => ({
          personId,
          items: list.map((l) => signOf(day, l, coordinator, facts.programme)),
        }));
      // If there is nothing else, gaps in the lists are mentioned once a month.
      const monthly = firstDay(`${day.date.slice(0, 7)}-01`, isDigestDay, 13) === day.date;
      if (people.length === 0 && !(monthly && warningsFor(coordinator, facts.programme).length > 0)) return [];
      const kind = 'coordinator-digest' as const;
      // Less urgent gaps are mentioned once a month.
      const unknown = monthly ? provisional : [];
      return [{ kind, recipientId: coordinator.id, key: monday, stage: '1', people, provisional: unknown }];
    });
  return fresh(facts, day.date, wanted);
};
