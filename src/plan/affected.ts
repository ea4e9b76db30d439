import type { Programme, Waiver } from './programme.ts';
import { districtOf, rosterOf } from './roster.ts';
import type { RosterEdit } from './roster-change.ts';

/** What makes it necessary to settle a programme's duties again. */
export interface Affected {
  /** Ids of subjects: persons, schools, pairings, mentorships, cares, districts. */
  subjects: Set<string>;
  /** Keys of `feeds()` whose activities may now count differently. */
  feedKeys: Set<string>;
}

/** Everything that the written rows can affect, in the programme before and after. */
export function affectedBy(programmes: Programme[], edits: RosterEdit[]): Affected {
  const subjects = new Set<string>();
  const feedKeys = new Set<string>();
  for (const programme of programmes) {
    const roster = rosterOf(programme);
    // A duty may have passed from one mentor to another within its period.
    const ofCare = (pupilId: string) => {
      for (const care of roster.caresOfPupil.get(pupilId) ?? []) subjects.add(care.id);
    };
    const ofMentee = (menteeId: string) => {
      for (const m of roster.mentorshipsOf.get(menteeId) ?? []) subjects.add(m.id);
    };
    const ofPerson = (id: string) => {
      subjects.add(id);
      for (const care of roster.caresOfMentor.get(id) ?? []) ofCare(care.pupilId);
      for (const m of roster.mentorshipsOf.get(id) ?? []) ofMentee(m.menteeId);
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
      // A pupil alone owes nothing and feeds nothing; their care does.
      if (!row || list === 'pupils') continue;
      // The school's district may have changed, and its people's activities count there.
      if (list === 'schools') {
        ofSchool(value.id);
        feedKeys.add(`school:${value.id}`);
      } else if (list === 'people') {
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
        ofCare(care.pupilId);
        subjects.add(care.mentorId);
        feedKeys.add(`person:${care.mentorId}`);
        for (const c of roster.caresOfPupil.get(care.pupilId) ?? []) feedKeys.add(`care:${c.id}`);
      } else if (list === 'mentorships') {
        const m = roster.mentorship.get(value.id)!;
        ofMentee(m.menteeId);
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
        if (waiver.pupilId) ofCare(waiver.pupilId);
      }
    }
  }
  return { subjects, feedKeys };
}
