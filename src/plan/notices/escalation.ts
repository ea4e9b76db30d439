import { addDays, daysBetween, type Ymd } from '../dates.ts';
import { allActingOn } from '../policy.ts';
import { rosterOf } from '../roster.ts';
import { type Duty, dayOf, fresh, isDatedDocument, isFresh } from './day.ts';
import { eachBearer, isSchoolLeader, type Late, turnedLate } from './scope.ts';
import type { Contributor, NoticeFacts, WantedNotice } from './types.ts';

/** The third overdue notice follows two weeks after the first; another silent week leads to escalation. */
const AFTER_THIRD_DAYS = 21;
const LEADER_AFTER_DAYS = 30;

function coordinatorsFor(facts: NoticeFacts, { personId }: Late, date: Ymd): string[] {
  const { person, peopleOfSchool } = rosterOf(facts.programme);
  const school = person.get(personId)?.schoolId;
  return allActingOn(school ? (peopleOfSchool.get(school) ?? []) : [], date)
    .filter((p) => p.roles.includes('coordinator') && p.id !== personId)
    .map((p) => p.id);
}

function oldest([first, ...rest]: Late[]): Ymd {
  let { since } = first!;
  for (const late of rest) if (late.since < since) since = late.since;
  return since;
}

const termOf = ({ programme }: NoticeFacts, date: Ymd): Ymd =>
  programme.terms.find((t) => t.start <= date && date <= t.end)?.start ?? date.slice(0, 7);

/**
 * To the coordinator, each duty that is still late after three notices. To the school's leaders, only counts, once for every thirty days
 * that the oldest duty is late.
 */
export const escalationNotices: Contributor = (facts, at) => {
  const day = dayOf(facts, at);
  if (!day.calendar.isSchoolDay(day.date)) return [];
  const isAsked = (duty: Duty) => !isDatedDocument(duty.obligation);
  const toCoordinators = turnedLate(day)
    .filter((l) => isAsked(l.duty))
    .flatMap((l): WantedNotice[] => {
      const first = l.duty.lateSince;
      if (!first || daysBetween(first, day.date) < AFTER_THIRD_DAYS) return [];
      // If the third notice is too long ago, this one comes too late.
      if (day.date > addDays(first, AFTER_THIRD_DAYS + 13)) return [];
      const { id } = l.duty.obligation;
      return coordinatorsFor(facts, l, day.date).map((recipientId) => ({
        kind: 'escalation',
        to: 'coordinator',
        recipientId,
        key: id,
        stage: `${l.duty.k}.coordinator`,
        obligationIds: [id],
        since: l.since,
      }));
    });
  const { person, peopleOfSchool } = rosterOf(facts.programme);
  const longAgo = addDays(day.date, -LEADER_AFTER_DAYS);
  const old = eachBearer([...day.overdue].filter((d) => d.checkpoint <= longAgo && isAsked(d)));
  const bySchool = Map.groupBy(old, (l) => person.get(l.personId)?.schoolId ?? '');
  const toLeaders = [...bySchool].flatMap(([schoolId, list]): WantedNotice[] => {
    const since = oldest(list);
    const about = {
      kind: 'escalation' as const,
      key: `${schoolId}|${termOf(facts, day.date)}`,
      stage: `leader.${Math.floor(daysBetween(since, day.date) / LEADER_AFTER_DAYS)}`,
    };
    return allActingOn(peopleOfSchool.get(schoolId) ?? [], day.date)
      .filter((p) => isSchoolLeader(p) && isFresh(facts, day.date, { ...about, recipientId: p.id }))
      .map((leader) => ({
        ...about,
        to: 'leader',
        recipientId: leader.id,
        duties: new Set(list.map((l) => l.duty.obligation.id)).size,
        people: new Set(list.map((l) => l.personId)).size,
        since,
      }));
  });
  return [...fresh(facts, day.date, toCoordinators), ...toLeaders];
};
