/** Whom and what a name means in a programme, as people write names; several if it is ambiguous. */
import type { Pairing, Person, Pupil, School } from './people.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

const plainly = (text: string): string => text.trim().normalize('NFC');

/** Titles that follow a person's name. */
const TITLE = /(老师|教师|同学|校长|园长|主任)$/;

/** Those that match the name as written, else those that match the name without its additions. */
function fitting<T>(all: T[], spellings: string[], fits: (one: T, name: string) => boolean): T[] {
  for (const name of new Set(spellings)) {
    const found = name === '' ? [] : all.filter((one) => fits(one, name));
    if (found.length > 0) return found;
  }
  return [];
}

/** By full name, else by short name: a short name never hides another school's full name. */
export function schoolsCalled({ schools }: Programme, text: string): School[] {
  const name = plainly(text);
  const full = schools.filter((s) => s.name === name);
  return full.length > 0 ? full : schools.filter((s) => s.short.includes(name));
}

/** By name, `学校/姓名` or `姓名·学校`, the school by any of its names; a person without a school is `/姓名`. */
const isCalled =
  (programme: Programme) =>
  (one: { name: string; schoolId?: string }, name: string): boolean => {
    if (one.name === name) return true;
    if (!name.includes(one.name)) return false;
    const school = rosterOf(programme).school.get(one.schoolId ?? '');
    return (school ? [school.name, ...school.short] : ['']).some(
      (home) => name === `${home}/${one.name}` || (home !== '' && name === `${one.name}·${home}`),
    );
  };

/** Persons with a name, also with a title after it: 张老师 is 张 only if no person is called 张老师. */
export function peopleCalled(programme: Programme, text: string): Person[] {
  const name = plainly(text);
  return fitting(programme.people, [name, name.replace(TITLE, '')], isCalled(programme));
}

/** Pupils with a name or code, also with 学生 before it. */
export function pupilsCalled(programme: Programme, text: string): Pupil[] {
  const name = plainly(text);
  const called = isCalled(programme);
  const bare = name.replace(/^学生/, '');
  return fitting(
    programme.pupils,
    [name, bare, bare.replace(TITLE, '')],
    (p, word) => p.code === word || called(p, word),
  );
}

/** The pupils in a mentor's care with that name; mentors write only the given name. */
export function ownPupilsCalled(programme: Programme, mentorId: string, text: string): Pupil[] {
  const { caresOfMentor, pupil } = rosterOf(programme);
  const inCare = new Set((caresOfMentor.get(mentorId) ?? []).flatMap((c) => pupil.get(c.pupilId) ?? []));
  const called = pupilsCalled(programme, text).filter((p) => inCare.has(p));
  const given = plainly(text);
  return called.length > 0 || given.length < 2 ? called : [...inCare].filter((p) => p.name.endsWith(given));
}

/** Pairings of two schools, `甲校→乙校`. */
export function pairingsCalled(programme: Programme, text: string): Pairing[] {
  const [supporter = '', recipient = ''] = text.split(/→|->|=>/);
  const ids = (name: string) => schoolsCalled(programme, name).map((s) => s.id);
  const [from, to] = [ids(supporter), ids(recipient)];
  return programme.pairings.filter((p) => from.includes(p.supporterId) && to.includes(p.recipientId));
}

/** A name that distinguishes people of the same name: `学校/姓名`. */
export const wholeName = (programme: Programme, { name, schoolId }: { name: string; schoolId?: string }): string =>
  `${rosterOf(programme).schoolName(schoolId) ?? ''}/${name}`;
