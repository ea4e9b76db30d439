/** Whose late duties a coordinator or leader sees. */
import type { Person, Role } from '../people.ts';
import { type Actor, may, type Target } from '../policy.ts';
import type { Programme } from '../programme.ts';
import { districtOf, rosterOf } from '../roster.ts';
import { type Day, type Duty, isOverdue, isPlanned } from './day.ts';
import type { LateItem, NoticeFacts } from './types.ts';

const LEADERS: Role[] = ['leader', 'principal', 'vice_principal'];
export const isSchoolLeader = (p: Person): boolean => p.roles.some((r) => LEADERS.includes(r));

export interface Late {
  duty: Duty;
  personId: string;
  since: string;
}

export const eachBearer = (duties: Duty[]): Late[] =>
  duties.flatMap((duty) => duty.obligation.bearerIds.map((personId) => ({ duty, personId, since: duty.checkpoint })));

/** 逾期 as every list and figure counts it (`lateOf`), with each bearer. Ended duties are asked about once, by `lapsed`. */
export const overdueDuties = (day: Day): Late[] => eachBearer(day.duties.filter((d) => d.state === 'overdue'));

/** The late duties that were already asked for when the checkpoint was missed; superiors see only these. */
export const stillLate = (day: Day): Late[] => eachBearer(day.duties.filter(isOverdue));

/** Those of them with possible new notices. */
export const turnedLate = (day: Day): Late[] => eachBearer(day.turning.filter(isOverdue));

export const byPerson = (late: Late[]): Map<string, Late[]> => Map.groupBy(late, (l) => l.personId);

const ABOVE_A_PERSON = ['school', 'pairing', 'district'];

/** The bureau sees what schools and districts owe; a school's coordinator sees everybody of the school. */
export const scopes = (facts: NoticeFacts, late: Late[]): ((coordinator: Actor) => Late[]) => {
  const roster = rosterOf(facts.programme);
  const bySchool = Map.groupBy(late, (l) => roster.person.get(l.personId)?.schoolId);
  const aboveAPerson = late.filter((l) => ABOVE_A_PERSON.includes(l.duty.obligation.subject.kind));
  return (coordinator) => {
    if (!coordinator.roles.includes('bureau_coordinator'))
      return coordinator.schoolId === undefined ? [] : (bySchool.get(coordinator.schoolId) ?? []);
    const district = districtOf(roster, coordinator);
    return aboveAPerson.filter(
      (l) => district === undefined || districtOf(roster, roster.person.get(l.personId)) === district,
    );
  };
};

/**
 * A reason is free text. Only a reader who may see that person's pupils sees it (never the bureau), unless it names a pupil
 * of another school.
 */
function mayRead(coordinator: Actor, personId: string, text: string, programme: Programme): boolean {
  const { caresOfMentor, pupil } = rosterOf(programme);
  const named = (caresOfMentor.get(personId) ?? []).filter((c) => text.includes(pupil.get(c.pupilId)?.name ?? '\n'));
  const about: Target[] = [
    { kind: 'person', id: personId },
    ...named.map((c) => ({ kind: 'pupil' as const, id: c.pupilId })),
  ];
  return about.every((target) => may(coordinator, 'pupils', target, programme));
}

/** The person's last answer about a late duty, as far as the coordinator may read it. */
export function signOf(day: Day, { duty, personId, since }: Late, coordinator: Actor, programme: Programme): LateItem {
  const obligationId = duty.obligation.id;
  const answer = day.answerOf(personId, obligationId);
  const item = { obligationId, since };
  if (answer?.answer === 'help') return { ...item, sign: 'help', ...(answer.reason && { detail: answer.reason }) };
  if (answer?.plannedFor && isPlanned(day, personId, obligationId))
    return { ...item, sign: 'planned', detail: answer.plannedFor };
  const reason = duty.tried?.reason;
  if (reason && mayRead(coordinator, personId, reason, programme)) return { ...item, sign: 'tried', detail: reason };
  return { ...item, sign: duty.tried || answer ? 'tried' : 'silent' };
}
