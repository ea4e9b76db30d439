import { peopleCalled, pupilsCalled, schoolsCalled, wholeName } from '../plan/called.ts';
import type { Person, Pupil, School } from '../plan/people.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { Usage } from './command.ts';

type In = { programmeId: string };

/**
 * The person of a name in each programme that has them. A person is (school, name): the same school may take part in several programmes.
 * Throws Usage if the name fits no one or several people.
 */
export function findPersons(programmes: StoredProgramme[], name: string): (Person & In)[] {
  const found = programmes.flatMap((programme) =>
    peopleCalled(programme, name).map((p) => ({ ...p, programmeId: programme.id, fullName: wholeName(programme, p) })),
  );
  return oneOf(found, (p) => p.fullName, 'person', name);
}

/** The same if only one programme can be meant. */
export function findPerson(programmes: StoredProgramme[], name: string): Person & In {
  return single(findPersons(programmes, name), name);
}

/** The school of a full or short name in each programme that has it. */
export function findSchools(programmes: StoredProgramme[], name: string): (School & In)[] {
  const found = programmes.flatMap((p) => schoolsCalled(p, name).map((s) => ({ ...s, programmeId: p.id })));
  // A full name of one programme may be a short name in another.
  const full = found.filter((s) => s.name === name);
  return oneOf(full.length > 0 ? full : found, (s) => s.name, 'school', name);
}

export function findSchool(programmes: StoredProgramme[], name: string): School & In {
  return single(findSchools(programmes, name), name);
}

/** The pupil of a name or code. Throws Usage if it fits none or several. */
export function findPupil(programmes: StoredProgramme[], name: string): Pupil & In {
  const found = programmes.flatMap((p) => pupilsCalled(p, name).map((pupil) => ({ ...pupil, programmeId: p.id })));
  if (found.length === 1) return found[0]!;
  throw new Usage(
    found.length === 0 ? `no pupil ${name}` : `${found.length} pupils ${name}; write 学校/姓名, or the code`,
  );
}

function oneOf<T>(found: T[], identity: (one: T) => string, what: string, name: string): T[] {
  const meant = [...new Set(found.map(identity))];
  if (meant.length === 1) return found;
  throw new Usage(
    meant.length === 0
      ? `no ${what} named ${name}`
      : `${meant.length} ${what}s named ${name}: ${meant.join(', ')}; write the full name`,
  );
}

function single<T>(found: T[], name: string): T {
  if (found.length === 1) return found[0]!;
  throw new Usage(`${name} is in ${found.length} programmes`);
}
