/**
 * Turns names in a programme file into local keys, before ids exist: a school's key is its name, a person's `学校/姓名`. A name
 * that fits several rows is a problem of the file. called.ts resolves the names that people use for a stored programme.
 */
import type { Found } from './problems.ts';

export interface Names {
  school(name: string, path: PropertyKey[]): string;
  district(name: string, path: PropertyKey[]): string;
  person(name: string, path: PropertyKey[]): string;
  /** `by` is the key of the person whose pupils are tried first. */
  pupil(name: string, path: PropertyKey[], by?: string): string;
  pairing(supporter: string, recipient: string, path: PropertyKey[]): string;
}

/** Rows that names may refer to: those of the file, or those of an earlier import of the same programme. */
export interface Known {
  districts: { name: string }[];
  schools: { name: string; short: string[] }[];
  people: { name: string; school?: string }[];
  pairings: { supporter: string; recipient: string }[];
  care: { mentor: string; pupil: { name: string; code?: string; school?: string } }[];
}

type Keys = Map<string, Set<string>>;

export const personKey = (school: string | undefined, name: string): string => `${school ?? ''}/${name}`;
export const pupilKey = (school: string | undefined, name: string, code?: string): string =>
  `${school ?? ''}/${name}${code ? `#${code}` : ''}`;
/** In a waiver's name, because a pupil and a person of one school may share a name. */
export const waivedPupilKey = (pupil: string): string => `学生:${pupil}`;
export const pairingKey = (supporter: string, recipient: string): string => `${supporter}→${recipient}`;

function multimap(pairs: [string, string][]): Keys {
  const map: Keys = new Map();
  for (const [name, key] of pairs) map.set(name, (map.get(name) ?? new Set()).add(key));
  return map;
}

const NOTHING: Known = { districts: [], schools: [], people: [], pairings: [], care: [] };

/**
 * Resolvers over a file's own lists and, for names that they lack, over `stored`: a file may be only a part, such as this
 * term's ledger. An unresolved name goes into `found` and is returned as it is.
 */
export function namesOf(file: Known, found: Found[], stored: Known = NOTHING): Names {
  const pick = (what: string, name: string, keys: Set<string> | undefined, path: PropertyKey[]): string => {
    if (keys?.size === 1) return [...keys][0]!;
    found.push({
      path,
      message: keys
        ? `${what}“${name}”有 ${keys.size} 个：${[...keys].join('、')}，请写全 (ambiguous name)`
        : `名单里没有${what}“${name}”${what === '人员' ? '，姓名要写全，新来的先导入人员名单' : ''} (unknown name)`,
    });
    return name;
  };
  const either = (index: (rows: Known) => Keys): ((name: string) => Set<string> | undefined) => {
    const [inFile, inStore] = [index(file), index(stored)];
    return (name) => inFile.get(name) ?? inStore.get(name);
  };
  const full = new Set([...file.schools, ...stored.schools].map((s) => s.name));
  const schools = either((rows) =>
    multimap(
      rows.schools.flatMap((s): [string, string][] => [
        [s.name, s.name],
        // A short name never hides another school's full name.
        ...s.short.filter((short) => !full.has(short)).map((short): [string, string] => [short, s.name]),
      ]),
    ),
  );
  const schoolName = (name: string): string => {
    const keys = schools(name);
    return keys?.size === 1 ? [...keys][0]! : name;
  };
  const school: Names['school'] = (name, path) => pick('学校', name, schools(name), path);
  const ofPerson = (p: Known['people'][number]): string =>
    personKey(p.school === undefined ? undefined : schoolName(p.school), p.name);
  const people = either((rows) =>
    multimap(
      rows.people.flatMap((p): [string, string][] => [
        [p.name, ofPerson(p)],
        [ofPerson(p), ofPerson(p)],
      ]),
    ),
  );
  /** `学校/姓名` with a short school name is read as the full one. */
  const fullName = (name: string): string => {
    const slash = name.indexOf('/');
    return slash < 0 ? name : `${schoolName(name.slice(0, slash))}/${name.slice(slash + 1)}`;
  };
  const personKeys = (name: string): Set<string> | undefined => people(name) ?? people(fullName(name));
  const person: Names['person'] = (name, path) => pick('人员', name, personKeys(name), path);
  const districts = either((rows) => multimap(rows.districts.map(({ name }): [string, string] => [name, name])));
  const district: Names['district'] = (name, path) => pick('区县', name, districts(name), path);

  const mentorSchool = (mentor: string): string | undefined => {
    const keys = personKeys(mentor);
    const key = keys?.size === 1 ? [...keys][0]! : mentor;
    return key.slice(0, key.lastIndexOf('/')) || undefined;
  };
  const cared = (rows: Known) =>
    rows.care.map((c) => {
      const at = c.pupil.school ? schoolName(c.pupil.school) : mentorSchool(c.mentor);
      const key = pupilKey(at, c.pupil.name, c.pupil.code);
      return { key, name: c.pupil.name, mentors: personKeys(c.mentor) ?? new Set<string>() };
    });
  const pupils = either((rows) =>
    multimap(
      cared(rows).flatMap((c): [string, string][] => [
        [c.name, c.key],
        [c.key.split('#')[0]!, c.key],
        [c.key, c.key],
      ]),
    ),
  );
  const everyCare = [...cared(file), ...cared(stored)];
  const pupil: Names['pupil'] = (name, path, by) => {
    const inCare = new Set(
      everyCare.filter((c) => c.name === name && by !== undefined && c.mentors.has(by)).map((c) => c.key),
    );
    return pick('学生', name, inCare.size === 1 ? inCare : (pupils(name) ?? pupils(fullName(name))), path);
  };
  const pairings = either((rows) =>
    multimap(
      rows.pairings.map((p): [string, string] => {
        const key = pairingKey(schoolName(p.supporter), schoolName(p.recipient));
        return [key, key];
      }),
    ),
  );
  const pairing: Names['pairing'] = (supporter, recipient, path) => {
    const key = pairingKey(school(supporter, [...path, 'supporter']), school(recipient, [...path, 'recipient']));
    return pick('结对', key, pairings(key), path);
  };
  return { school, district, person, pupil, pairing };
}
