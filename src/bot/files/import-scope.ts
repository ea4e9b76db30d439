import { may, mayGive } from '../../plan/policy.ts';
import type { ProgrammeInput } from '../../plan/programme-file.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { ImportedRow } from '../../store/import-rows.ts';
import type { Facts } from '../intake/facts.ts';

const OFFICES = ['coordinator', 'bureau_coordinator'];

/** Whether a person's workbooks are read at all. */
export const importsWorkbooks = ({ me }: Pick<Facts, 'me'>): boolean => me.roles.some((r) => OFFICES.includes(r));

/**
 * Rows of a file that its sender may not write. Bureau coordinators may write everything, and so may any coordinator if there is
 * none; otherwise a school's coordinator writes what concerns that school, and no terms or plans.
 */
export function outOfScope(facts: Facts, input: ProgrammeInput, rows: ImportedRow[]): ImportedRow[] {
  const beyond = new Set([
    ...ofAnotherSchool(facts, input, rows),
    ...rows.filter((row) => exceedsRights(facts, input, row)),
  ]);
  return rows.filter((row) => beyond.has(row));
}

/** Whether a row changes a role that its sender may not give, or the post of a person who holds one. */
function exceedsRights(
  { me, programme }: Facts,
  input: ProgrammeInput,
  { list, name, outcome, roles }: ImportedRow,
): boolean {
  if (list !== 'people' || (outcome !== 'new' && outcome !== 'changed')) return false;
  const person = input.people.find((p) => p.id === name);
  const schoolId = programme.schools.find((s) => s.name === person?.schoolId)?.id;
  const touched = [...(person?.roles ?? []), ...(roles?.taken ?? [])];
  return touched.some((role) => !mayGive(me, role, schoolId, programme));
}

function ofAnotherSchool(facts: Facts, input: ProgrammeInput, rows: ImportedRow[]): ImportedRow[] {
  const { me, programme } = facts;
  const bureau = programme.people.some((p) => p.roles.includes('bureau_coordinator'));
  if (!bureau || may(me, 'arrange', { kind: 'programme' }, programme)) return [];
  const ownSchool = rosterOf(programme).schoolName(me.schoolId);
  const written = rows.filter((r) => r.outcome === 'new' || r.outcome === 'changed');
  const elsewhere = ({ wasById }: ImportedRow) =>
    wasById !== undefined && rosterOf(programme).person.get(wasById)?.schoolId !== me.schoolId;
  return written.filter((row) => ownSchool === undefined || elsewhere(row) || !concerns(input, row, ownSchool));
}

/** Whether a row is about a school or its people; a file refers to a school by name and to a person by `学校/姓名`. */
function concerns(input: ProgrammeInput, { list, name }: ImportedRow, school: string): boolean {
  const of = (person: string | undefined) => person?.startsWith(`${school}/`) ?? false;
  switch (list) {
    case 'people':
      return of(name);
    case 'pupils': {
      const cares = input.cares.filter((c) => c.pupilId === name);
      return of(name) || cares.some((c) => of(c.mentorId));
    }
    case 'cares':
      return of(input.cares.find((c) => c.id === name)?.mentorId);
    case 'mentorships': {
      const m = input.mentorships.find((x) => x.id === name);
      return of(m?.mentorId) || of(m?.menteeId);
    }
    case 'activities':
      return of(input.activities.find((a) => a.id === name)?.byId);
    case 'waivers': {
      const w = input.waivers.find((x) => x.id === name);
      const pupils = input.cares.filter((c) => of(c.mentorId)).map((c) => c.pupilId);
      return of(w?.personId) || w?.schoolId === school || (w?.pupilId !== undefined && pupils.includes(w.pupilId));
    }
    default:
      return false;
  }
}
