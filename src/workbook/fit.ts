/** Adapts rows of a school's file to the programme file: names as in the roster, blanks filled from the store. */
import type { Care, Person, Pupil, School } from '../plan/people.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import type { FileRow } from './read.ts';

export interface Fitting {
  stored?: Programme;
  /** The sender's school: people in a list without a school belong to it. */
  schoolId?: string;
}
type Row = Record<string, unknown>;

/** The adapted value of each row, or why it cannot be used. */
export function fitRows(rows: FileRow[], about: Fitting): ({ value: Row } | { problem: string })[] {
  const known = knownIn(rows, about);
  return rows.map((row) => fits[row.list]?.({ ...row.value }, row, known) ?? { value: row.value });
}

interface Known {
  stored?: Programme;
  own?: string;
  /** The full name of a school written in any way; undefined if unknown. */
  school(text: unknown): string | undefined;
  /** The full name of the school in a title. */
  schoolIn(text: string): string | undefined;
  /** Full names of the schools with a person of this name. */
  schoolsOf(person: string): Set<string>;
  /** Stored people of this name. */
  peopleNamed(name: unknown): Person[];
  /** Stored pupils of this name in care, each with the care. */
  caresNamed(pupil: unknown): { care: Care; pupil: Pupil }[];
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

function knownIn(rows: FileRow[], { stored, schoolId }: Fitting): Known {
  const names = new Map<string, string>();
  const add = ({ name, short }: Pick<School, 'name' | 'short'>) => {
    for (const one of [name, ...short]) if (!names.has(plain(one))) names.set(plain(one), name);
  };
  for (const s of stored?.schools ?? []) add(s);
  for (const { list, value } of rows)
    if (list === 'schools' && typeof value.name === 'string')
      add({ name: value.name, short: Array.isArray(value.short) ? value.short : [] });
  const school = (text: unknown) => (typeof text === 'string' ? names.get(plain(text)) : undefined);
  const people = new Map<string, Set<string>>();
  const live = (person: string, at: string | undefined) => {
    if (at !== undefined) people.set(person, (people.get(person) ?? new Set()).add(at));
  };
  const nameOf = new Map(stored?.schools.map((s) => [s.id, s.name]));
  for (const p of stored?.people ?? []) live(p.name, nameOf.get(p.schoolId ?? ''));
  const ownSchool = nameOf.get(schoolId ?? '');
  const longest = [...names].sort(([a], [b]) => b.length - a.length);
  const schoolIn = (text: string) =>
    longest.find(([name, full]) => (name.length > 2 || name === full) && plain(text).includes(name))?.[1];
  for (const { list, value, above } of rows)
    if (list === 'people' && typeof value.name === 'string')
      live(value.name, school(value.school) ?? schoolIn(above) ?? ownSchool);
  const pupils = new Map(stored?.pupils.map((p) => [p.id, p]));
  const cares = Map.groupBy(
    (stored?.cares ?? []).flatMap((care) => {
      const pupil = pupils.get(care.pupilId);
      return pupil ? [{ care, pupil }] : [];
    }),
    ({ pupil }) => pupil.name,
  );
  const named = Map.groupBy(stored?.people ?? [], (p) => p.name);
  return {
    ...(stored && { stored }),
    ...(ownSchool && { own: ownSchool }),
    school,
    schoolIn,
    schoolsOf: (name) => people.get(name) ?? new Set(),
    peopleNamed: (name) => named.get(`${name}`) ?? [],
    caresNamed: (name) => cares.get(`${name}`) ?? [],
  };
}

type Fit = (value: Row, row: FileRow, known: Known) => { value: Row } | { problem: string };

const TITLE = /(?:老师|教师|校长|副校长|主任|书记|园长|同志)$/;

/** A person as in the roster: without a form of address, and with the school if the row gives it. */
function person(name: unknown, known: Known, school?: string): unknown {
  if (typeof name !== 'string' || name.includes('/')) return name;
  const bare = known.schoolsOf(name).size === 0 ? name.replace(TITLE, '') : name;
  const called = known.schoolsOf(bare).size > 0 ? bare : name;
  const at = known.schoolsOf(called);
  const where =
    school && at.has(school) ? school : known.own && at.size > 1 && at.has(known.own) ? known.own : undefined;
  return where ? `${where}/${called}` : called;
}

/** The person in a title such as 家访教师：张三. */
const byIn = (above: string): string | undefined =>
  /(?:教师|老师|责任人|帮扶人)(?:姓名)?[:：]\s*(\p{Script=Han}{2,4})(?!\p{Script=Han})/u.exec(above)?.[1];

const fullName = (text: unknown, known: Known): unknown => known.school(text) ?? text;
const setSchools = (value: Row, keys: string[], known: Known): void => {
  for (const key of keys) if (value[key] !== undefined) value[key] = fullName(value[key], known);
};

/** Fills what a list does not say with what is stored. */
const kept = (value: Row, stored: Row): { value: Row } => ({
  value: { ...Object.fromEntries(Object.entries(stored).filter(([, v]) => v !== undefined)), ...value },
});
const lifeOf = ({ from, to }: { from?: string; to?: string }) => ({ from, to });

const fits: Record<string, Fit> = {
  schools(value, _row, { stored }) {
    const { short, kind, level, lacks, districtId } = stored?.schools.find((s) => s.name === value.name) ?? {};
    const district = stored?.districts.find((d) => d.id === districtId)?.name;
    return kept(value, { short, kind, level, lacks, district });
  },
  people(value, { titles, above }, known) {
    if (value.name === undefined) return { problem: `${titles.name ?? '姓名'}：没有写姓名 (no name)` };
    setSchools(value, ['school'], known);
    const { stored } = known;
    const bureau = (value.roles as string[] | undefined)?.some((role) => role.startsWith('bureau_'));
    const namesakes = known.peopleNamed(value.name);
    const unplaced = namesakes.find((p) => p.schoolId === undefined);
    if (value.school === undefined && value.district === undefined && !bureau && !unplaced) {
      const school = titles.school ? undefined : (known.schoolIn(above) ?? known.own);
      if (school === undefined) return { problem: `${titles.school ?? '学校'}：没有写学校 (no school)` };
      value.school = school;
    }
    const id = stored?.schools.find((s) => s.name === value.school)?.id;
    const before = namesakes.find((p) => p.schoolId === id);
    return before ? kept(value, storedPerson(before, stored!)) : { value };
  },
  pairings(value, _row, known) {
    setSchools(value, ['supporter', 'recipient'], known);
    if (Array.isArray(value.team)) value.team = value.team.map((name) => person(name, known));
    const { stored } = known;
    const id = (name: unknown) => stored?.schools.find((s) => s.name === name)?.id;
    const [from, to] = [id(value.supporter), id(value.recipient)];
    const before = from && stored?.pairings.find((p) => p.supporterId === from && p.recipientId === to);
    if (!before) return { value };
    const team = before.team.map((one) => fullPerson(one, stored!));
    return kept(value, { kinds: before.kinds, team, agreement: before.agreement, ...lifeOf(before) });
  },
  mentorships(value, { above }, known) {
    const school = known.schoolIn(above);
    value.mentor = person(value.mentor, known, school);
    value.mentee = person(value.mentee, known, school);
    const before = known.stored?.mentorships.find(
      (m) => isPerson(value.mentor, m.mentorId, known.stored!) && isPerson(value.mentee, m.menteeId, known.stored!),
    );
    return before ? kept(value, lifeOf(before)) : { value };
  },
  care(value, { titles, above }, known) {
    const pupil = { ...(value.pupil as Row | undefined) };
    if (pupil.name === undefined) return { problem: `${titles['pupil.name'] ?? '学生姓名'}：没有写姓名 (no name)` };
    setSchools(pupil, ['school'], known);
    pupil.school ??= known.schoolIn(above);
    const mentor = person(value.mentor ?? byIn(above), known, pupil.school as string | undefined);
    if (mentor === undefined) return { problem: `${titles.mentor ?? '帮扶教师'}：没有写帮扶教师 (no mentor)` };
    const { stored } = known;
    const schoolName = (id: string | undefined) => stored?.schools.find((s) => s.id === id)?.name;
    const found = known
      .caresNamed(pupil.name)
      .filter(
        (one) =>
          isPerson(mentor, one.care.mentorId, stored!) &&
          (pupil.code === undefined || one.pupil.code === String(pupil.code)) &&
          (pupil.school === undefined || schoolName(one.pupil.schoolId) === pupil.school),
      );
    const [before] = found;
    if (!before || found.length > 1) {
      pupil.school ??= known.own;
      return { value: { ...value, mentor, pupil } };
    }
    const { grade, code, schoolId } = before.pupil;
    const school = schoolName(schoolId);
    const completed = kept(pupil, { grade, code, school }).value;
    return kept({ ...value, mentor, pupil: completed }, { kind: before.care.kind, ...lifeOf(before.care) });
  },
  waivers(value, _row, known) {
    setSchools(value, ['school'], known);
    return { value };
  },
  activities(given, { titles, above }, known) {
    const { 'by.school': bySchool, 'items.qty': qty, 'items.unit': unit, ...value } = given;
    const [by, ...others] = Array.isArray(value.by) ? value.by : [value.by ?? byIn(above)];
    if (by === undefined) return { problem: `${titles.by ?? '人员'}：没有写是谁 (no person)` };
    setSchools(value, ['place', 'to', 'partner'], known);
    const school = known.school(bySchool) ?? known.schoolIn(above);
    value.by = person(by, known, school);
    // Beside a teacher of another school, 学校 means the place.
    if (bySchool !== undefined && value.place === undefined && !`${value.by}`.includes('/'))
      if (!known.schoolsOf(`${value.by}`).has(`${fullName(bySchool, known)}`)) value.place = fullName(bySchool, known);
    const participants = [...others, ...((value.participants as string[]) ?? [])];
    if (participants.length > 0) value.participants = participants.map((name) => person(name, known));
    if (Array.isArray(value.pupils) && value.pupils.some((p) => /^(?:全体|全部|所有)/.test(p))) {
      delete value.pupils;
      value.all_assigned = true;
    }
    const items = value.items as { name: string; qty?: number }[] | undefined;
    if (items?.length === 1 && typeof qty === 'number' && items[0]!.qty === undefined)
      value.items = [{ ...items[0], qty, ...(typeof unit === 'string' && { unit }) }];
    // The place of a talk or a home visit is usually no school, and does not matter.
    const otherSchool = known.school(value.place) === undefined && known.schoolIn(`${value.place ?? ''}`);
    if (otherSchool) value.place = otherSchool;
    else if (known.school(value.place) === undefined && AT_HOME.has(`${value.kind}`)) delete value.place;
    // A line's number does not identify it: the school's next file counts from 1 again.
    if (/^\d{1,5}$/.test(`${value.id ?? ''}`)) delete value.id;
    for (const key of ['topic', 'note', 'reason'])
      if (typeof value[key] === 'string' && HIDDEN.test(value[key])) delete value[key];
    if (value.care && Object.values(value.care).some((text) => HIDDEN.test(text))) delete value.care;
    if (value.date_to !== undefined && value.date_to === value.date) delete value.date_to;
    return { value };
  },
};

const AT_HOME = new Set(['home_visit', 'talk', 'study_guidance']);
/** What an export writes instead of text that names a pupil. */
const HIDDEN = /^[（(](?:涉及学生姓名，略|names a pupil)[）)]$/;

const storedPerson = (p: Person, { districts }: Programme): Row => ({
  district: districts.find((d) => d.id === p.districtId)?.name,
  roles: p.roles,
  mobile: p.mobile,
  email: p.email,
  open_id: p.openId,
  ...lifeOf(p),
  born: p.born,
  sex: p.sex,
  rural_years: p.ruralYears,
  volunteer: p.volunteer,
});

/** `学校/姓名` of a stored person. */
const fullPerson = (id: string, programme: Programme): string => {
  const { person: people, school } = rosterOf(programme);
  const found = people.get(id);
  return `${school.get(found?.schoolId ?? '')?.name ?? ''}/${found?.name ?? ''}`;
};
const isPerson = (said: unknown, id: string, programme: Programme): boolean => {
  const full = fullPerson(id, programme);
  return said === full || said === full.slice(full.indexOf('/') + 1);
};
