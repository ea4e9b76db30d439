import type { Programme, Waiver } from './programme.ts';
import { districtOf, rosterOf } from './roster.ts';
import type { RosterEdit } from './roster-change.ts';

/** What the duties of a programme must be looked at again for. */
export interface Affected {
  /** Ids of subjects: persons, schools, pairings, mentorships, cares, districts. */
  subjects: Set<string>;
  /** Keys of `feeds()` under which activities may now count for something else. */
  feedKeys: Set<string>;
}

/** Everything that the written rows can touch, in the programme before and after. */
export function affectedBy(programmes: Programme[], edits: RosterEdit[]): Affected {
  const subjects = new Set<string>();
  const feedKeys = new Set<string>();
  for (const programme of programmes) {
    const roster = rosterOf(programme);
    const ofPerson = (id: string) => {
      subjects.add(id);
      for (const care of roster.caresOfMentor.get(id) ?? []) subjects.add(care.id);
      for (const m of roster.mentorshipsOf.get(id) ?? []) subjects.add(m.id);
    };
    const ofSchool = (id: string) => {
      subjects.add(id);
      const district = roster.school.get(id)?.districtId;
      if (district) subjects.add(district);
      for (const person of roster.peopleOfSchool.get(id) ?? []) ofPerson(person.id);
      for (const pairing of roster.pairingsOfSchool.get(id) ?? []) subjects.add(pairing.id);
    };
    for (const { list, value } of edits) {
      const row = programme[list].find((r) => r.id === value.id);
      if (!row) continue;
      if (list === 'people') {
        const person = roster.person.get(value.id)!;
        ofPerson(person.id);
        feedKeys.add(`person:${person.id}`);
        // Who bears a school's duties depends on who is in service.
        if (person.schoolId) subjects.add(person.schoolId);
        for (const p of roster.pairingsOfSchool.get(person.schoolId ?? '') ?? []) subjects.add(p.id);
        for (const p of programme.pairings) if (p.team.includes(person.id)) subjects.add(p.id);
        const district = districtOf(roster, person);
        if (district) subjects.add(district);
      } else if (list === 'leaves') ofPerson((row as { personId: string }).personId);
      else if (list === 'cares') {
        const care = roster.care.get(value.id)!;
        subjects.add(care.id);
        subjects.add(care.mentorId);
        feedKeys.add(`person:${care.mentorId}`);
        for (const c of roster.caresOfPupil.get(care.pupilId) ?? []) feedKeys.add(`care:${c.id}`);
      } else if (list === 'mentorships') {
        const m = roster.mentorship.get(value.id)!;
        subjects.add(m.id);
        feedKeys.add(`person:${m.mentorId}`).add(`person:${m.menteeId}`);
      } else if (list === 'pairings') {
        const p = roster.pairing.get(value.id)!;
        for (const id of [p.supporterId, p.recipientId]) {
          ofSchool(id);
          feedKeys.add(`school:${id}`);
        }
      } else {
        const waiver = row as Waiver;
        if (waiver.personId) ofPerson(waiver.personId);
        if (waiver.schoolId) ofSchool(waiver.schoolId);
        if (waiver.pairingId) subjects.add(waiver.pairingId);
        for (const care of roster.caresOfPupil.get(waiver.pupilId ?? '') ?? []) subjects.add(care.id);
      }
    }
  }
  return { subjects, feedKeys };
}
