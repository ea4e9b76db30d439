import type { Person, School } from '../plan/people.ts';
import { rosterOf } from '../plan/roster.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { Usage } from './command.ts';

type In = { programmeId: string };

/**
 * The person of a name or `学校/姓名` (full or short name of the school) in each programme that has this person. A person is
 * (school, name): the same school may take part in several programmes. Throws Usage where nobody or several people are meant.
 */
export function findPersons(programmes: StoredProgramme[], name: string): (Person & In)[] {
  const found = programmes.flatMap((programme) => {
    const schoolOf = (p: Person) => rosterOf(programme).school.get(p.schoolId ?? '');
    const called = (p: Person) => [p.name, ...namesOf(schoolOf(p)).map((school) => `${school}/${p.name}`)];
    return programme.people
      .filter((p) => called(p).includes(name))
      .map((p) => ({ ...p, programmeId: programme.id, whole: `${schoolOf(p)?.name ?? ''}/${p.name}` }));
  });
  return oneOf(found, (p) => p.whole, 'person', name);
}

/** The same where only one programme can be meant. */
export function findPerson(programmes: StoredProgramme[], name: string): Person & In {
  return single(findPersons(programmes, name), name);
}

/** The school of a full or short name in each programme that has it. A short name never hides another's full name. */
export function findSchools(programmes: StoredProgramme[], name: string): (School & In)[] {
  const all = programmes.flatMap((p) => p.schools.map((s) => ({ ...s, programmeId: p.id })));
  const full = all.filter((s) => s.name === name);
  return oneOf(full.length > 0 ? full : all.filter((s) => s.short.includes(name)), (s) => s.name, 'school', name);
}

export function findSchool(programmes: StoredProgramme[], name: string): School & In {
  return single(findSchools(programmes, name), name);
}

const namesOf = (school: School | undefined): string[] => (school ? [school.name, ...school.short] : ['']);

function oneOf<T>(found: T[], identity: (one: T) => string, what: string, name: string): T[] {
  const meant = [...new Set(found.map(identity))];
  if (meant.length === 1) return found;
  throw new Usage(
    meant.length === 0
      ? `no ${what} named ${name}`
      : `${meant.length} ${what}s named ${name}: ${meant.join(', ')}; write the whole name`,
  );
}

function single<T>(found: T[], name: string): T {
  if (found.length === 1) return found[0]!;
  throw new Usage(`${name} is in ${found.length} programmes`);
}
