/** Which subjects an activity touches. `feeds` and `credit` share these rules, so that neither can miss what the other counts. */
import type { Activity, ActivityKind } from './activity.ts';
import type { Care, Mentorship, Pairing } from './people.ts';
import type { Requirement } from './plan.ts';
import type { Programme } from './programme.ts';
import { districtOf, type Roster, rosterOf } from './roster.ts';
import { lastDay } from './secondment-days.ts';
import { alive, type Spelled } from './spells.ts';

/** Every kind of activity that may count for a requirement. */
export const kindsOf = (requirement: Requirement): ActivityKind[] => [
  requirement.activity,
  ...(requirement.also ?? []),
];

/** The doer, then the participants. */
export const doersOf = (activity: Activity): string[] => [...new Set([activity.byId, ...activity.participantIds])];

export const schoolOf = (roster: Roster, personId: string): string | undefined => roster.person.get(personId)?.schoolId;

/**
 * The doer's partner school in a pairing that the activity belongs to, else undefined. It is named as place, receiver or partner; or
 * sent a participant and no other is named; or no school is named and this is the day's only pairing; or all partners took part.
 */
export function otherSchool(roster: Roster, pairing: Pairing, activity: Activity): string | undefined {
  const doerSchool = schoolOf(roster, activity.byId);
  if (doerSchool === undefined || (doerSchool !== pairing.supporterId && doerSchool !== pairing.recipientId))
    return undefined;
  const other = doerSchool === pairing.supporterId ? pairing.recipientId : pairing.supporterId;
  const named = [activity.placeId, activity.toId, activity.partnerId].filter((id) => id !== undefined);
  if (named.includes(other)) return other;
  if (named.some((id) => id !== doerSchool)) return undefined;
  if (activity.allPartners) return other;
  if (activity.participantIds.some((id) => schoolOf(roster, id) === other)) return other;
  const living = (roster.pairingsOfSchool.get(doerSchool) ?? []).filter((p) => alive(p, activity.date));
  return named.length === 0 && living.length === 1 && living[0]!.id === pairing.id ? other : undefined;
}

/** Whether the row was in force on the activity's own days. */
const inSpell = (row: Spelled, activity: Activity): boolean => alive(row, activity.date, lastDay(activity));

export function touchesMentorship(mentorship: Mentorship, activity: Activity): boolean {
  if (!inSpell(mentorship, activity)) return false;
  const doers = doersOf(activity);
  return doers.includes(mentorship.mentorId) && doers.includes(mentorship.menteeId);
}

/** Whether the pupil is named (or all of the doer's are meant) and the mentor, or another person in the mentor's place, did it. */
export function touchesCare(care: Care, activity: Activity): boolean {
  if (!inSpell(care, activity)) return false;
  const byMentor = doersOf(activity).includes(care.mentorId);
  if (activity.pupilIds.includes(care.pupilId)) return byMentor || activity.onBehalf === true;
  return activity.allAssigned === true && activity.byId === care.mentorId;
}

/** The side of the doer; both if the other school came as a guest: one travelled, the other hosted. */
const sidesOf = (pairing: Pairing, doerSchool: string, { direction }: Activity): ('supporter' | 'recipient')[] =>
  direction === 'inbound'
    ? ['supporter', 'recipient']
    : [doerSchool === pairing.supporterId ? 'supporter' : 'recipient'];

/**
 * Keys of every subject whose obligations this activity may feed, such as `person:ID` or `pairing:ID:supporter`, and `pupil:ID` to
 * find everything about a pupil. They depend on people, places, dates and the roster, not on kind or status.
 */
export function feeds(programme: Programme, activity: Activity): string[] {
  const roster = rosterOf(programme);
  const doers = doersOf(activity);
  const doerSchool = schoolOf(roster, activity.byId);
  const district = districtOf(roster, roster.person.get(activity.byId));
  const pairings = doerSchool ? (roster.pairingsOfSchool.get(doerSchool) ?? []) : [];
  const mentorships = doers.flatMap((id) => roster.mentorshipsOf.get(id) ?? []);
  const cares = [
    ...activity.pupilIds.flatMap((id) => roster.caresOfPupil.get(id) ?? []),
    ...(activity.allAssigned ? (roster.caresOfMentor.get(activity.byId) ?? []) : []),
  ];
  return [
    ...new Set([
      ...doers.map((id) => `person:${id}`),
      ...(doerSchool ? [`school:${doerSchool}`] : []),
      ...(district ? [`district:${district}`] : []),
      ...pairings
        .filter((p) => inSpell(p, activity) && otherSchool(roster, p, activity))
        .flatMap((p) => sidesOf(p, doerSchool!, activity).map((side) => `pairing:${p.id}:${side}`)),
      ...mentorships.filter((m) => touchesMentorship(m, activity)).map((m) => `mentorship:${m.id}`),
      ...cares.filter((c) => touchesCare(c, activity)).map((c) => `care:${c.id}`),
      ...activity.pupilIds.map((id) => `pupil:${id}`),
    ]),
  ];
}
