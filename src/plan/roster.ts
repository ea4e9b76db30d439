/** A programme's lists by id, and who belongs where. Computed once per programme object, which is never changed in place. */
import type { Care, District, Mentorship, Pairing, Person, Pupil, School } from './people.ts';
import type { Leave, Programme } from './programme.ts';

export interface Roster {
  person: Map<string, Person>;
  school: Map<string, School>;
  pupil: Map<string, Pupil>;
  district: Map<string, District>;
  pairing: Map<string, Pairing>;
  care: Map<string, Care>;
  mentorship: Map<string, Mentorship>;
  peopleOfSchool: Map<string, Person[]>;
  pairingsOfSchool: Map<string, Pairing[]>;
  caresOfMentor: Map<string, Care[]>;
  caresOfPupil: Map<string, Care[]>;
  mentorshipsOf: Map<string, Mentorship[]>;
  leavesOf: Map<string, Leave[]>;
  /** The names behind ids; undefined if there is none. */
  schoolName(id: string | undefined): string | undefined;
  personName(id: string | undefined): string | undefined;
}

const byId = <T extends { id: string }>(list: T[]): Map<string, T> => new Map(list.map((x) => [x.id, x]));

function grouped<T>(list: T[], keys: (item: T) => (string | undefined)[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list)
    for (const key of new Set(keys(item))) {
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  return groups;
}

const rosters = new WeakMap<Programme, Roster>();

export function rosterOf(programme: Programme): Roster {
  const known = rosters.get(programme);
  if (known) return known;
  const roster: Roster = {
    person: byId(programme.people),
    school: byId(programme.schools),
    pupil: byId(programme.pupils),
    district: byId(programme.districts),
    pairing: byId(programme.pairings),
    care: byId(programme.cares),
    mentorship: byId(programme.mentorships),
    peopleOfSchool: grouped(programme.people, (p) => [p.schoolId]),
    pairingsOfSchool: grouped(programme.pairings, (p) => [p.supporterId, p.recipientId]),
    caresOfMentor: grouped(programme.cares, (c) => [c.mentorId]),
    caresOfPupil: grouped(programme.cares, (c) => [c.pupilId]),
    mentorshipsOf: grouped(programme.mentorships, (m) => [m.mentorId, m.menteeId]),
    leavesOf: grouped(programme.leaves, (l) => (l.lifted ? [] : [l.personId])),
    schoolName: (id) => roster.school.get(id ?? '')?.name,
    personName: (id) => roster.person.get(id ?? '')?.name,
  };
  rosters.set(programme, roster);
  return roster;
}

/** The district of a person: their own, or their school's. */
export const districtOf = (roster: Roster, person: Person | undefined): string | undefined =>
  person?.districtId ?? (person?.schoolId ? roster.school.get(person.schoolId)?.districtId : undefined);

/** The school on a side of a pairing, or both. */
export const schoolsOnSide = (pairing: Pairing, side: 'supporter' | 'recipient' | 'both'): string[] =>
  side === 'both'
    ? [pairing.supporterId, pairing.recipientId]
    : [side === 'supporter' ? pairing.supporterId : pairing.recipientId];
