import { rosterOf } from '../plan/roster.ts';
import type { Person, School } from '../plan/types.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { Usage } from './command.ts';

/** The person of a name or `学校/姓名`, in any programme. Throws Usage where nobody or several people have it. */
export function findPerson(programmes: StoredProgramme[], name: string): Person & { programmeId: string } {
  const found = programmes.flatMap((programme) =>
    programme.people
      .filter((p) =>
        [p.name, `${rosterOf(programme).school.get(p.schoolId ?? '')?.name ?? ''}/${p.name}`].includes(name),
      )
      .map((p) => ({ ...p, programmeId: programme.id })),
  );
  return only(found, 'person', name);
}

/** The school of a full or short name. */
export function findSchool(programmes: StoredProgramme[], name: string): School {
  return only(
    programmes.flatMap((p) => p.schools.filter((s) => s.name === name || s.short.includes(name))),
    'school',
    name,
  );
}

function only<T>(found: T[], what: string, name: string): T {
  if (found.length === 1) return found[0]!;
  throw new Usage(
    found.length === 0 ? `no ${what} named ${name}` : `${found.length} ${what}s named ${name}; write 学校/姓名`,
  );
}
