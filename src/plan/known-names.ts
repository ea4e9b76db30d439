import { type Known, personKey } from './file-names.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

/** What names in a file may also refer to: the rows and requirements of the stored programme. */
export function knownOf(programme: Programme): Known & { requirements: string[] } {
  const { person, pupil, schoolName } = rosterOf(programme);
  const personName = (id: string): string =>
    personKey(schoolName(person.get(id)?.schoolId), person.get(id)?.name ?? '');
  return {
    ...programme,
    people: programme.people.map((p) => ({ name: p.name, school: schoolName(p.schoolId) })),
    pairings: programme.pairings.map((p) => ({
      supporter: schoolName(p.supporterId) ?? '',
      recipient: schoolName(p.recipientId) ?? '',
    })),
    care: programme.cares.map((c) => {
      const { name = '', code, schoolId } = pupil.get(c.pupilId) ?? {};
      return { mentor: personName(c.mentorId), pupil: { name, code, school: schoolName(schoolId) } };
    }),
    requirements: programme.plans.flatMap((use) => use.plan.requirements.map((r) => r.id)),
  };
}
