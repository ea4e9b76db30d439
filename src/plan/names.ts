/** Names in a programme file become local keys: a school's key is its name, a person's `学校/姓名`. */
import type { ProgrammeFile } from './programme-schema.ts';

export interface Names {
  school(name: string, path: PropertyKey[]): string;
  district(name: string, path: PropertyKey[]): string;
  person(name: string, path: PropertyKey[]): string;
  /** `by` is the key of the person whose pupils are meant first. */
  pupil(name: string, path: PropertyKey[], by?: string): string;
  pairing(supporter: string, recipient: string, path: PropertyKey[]): string;
}
type Found = { path: PropertyKey[]; message: string };

export const personKey = (school: string | undefined, name: string): string => `${school ?? ''}/${name}`;
export const pupilKey = (school: string | undefined, name: string, code?: string): string =>
  `${school ?? ''}/${name}${code ? `#${code}` : ''}`;
export const pairingKey = (supporter: string, recipient: string): string => `${supporter}→${recipient}`;

const multimap = (pairs: [string, string][]): Map<string, Set<string>> => {
  const map = new Map<string, Set<string>>();
  for (const [name, key] of pairs) map.set(name, (map.get(name) ?? new Set()).add(key));
  return map;
};

/** Resolvers over a file's own lists. What they cannot resolve goes into `found`, and the name itself is returned. */
export const namesOf = (file: ProgrammeFile, found: Found[]): Names => {
  const pick = (what: string, name: string, keys: Set<string> | undefined, path: PropertyKey[]): string => {
    if (keys?.size === 1) return [...keys][0]!;
    found.push({
      path,
      message: keys
        ? `${what}“${name}”有 ${keys.size} 个：${[...keys].join('、')}，请写全 (ambiguous name)`
        : `名单里没有${what}“${name}” (unknown name)`,
    });
    return name;
  };
  const full = new Set(file.schools.map((s) => s.name));
  const schools = multimap(
    file.schools.flatMap((s): [string, string][] => [
      [s.name, s.name],
      // A short name never hides another school's full name.
      ...s.short.filter((short) => !full.has(short)).map((short): [string, string] => [short, s.name]),
    ]),
  );
  const schoolName = (name: string): string => {
    const keys = schools.get(name);
    return keys?.size === 1 ? [...keys][0]! : name;
  };
  const school: Names['school'] = (name, path) => pick('学校', name, schools.get(name), path);
  const ofPerson = (p: ProgrammeFile['people'][number]): string =>
    personKey(p.school === undefined ? undefined : schoolName(p.school), p.name);
  const people = multimap(
    file.people.flatMap((p): [string, string][] => [
      [p.name, ofPerson(p)],
      [ofPerson(p), ofPerson(p)],
    ]),
  );
  /** `学校/姓名` with a short school name reads as the full one. */
  const whole = (name: string): string => {
    const slash = name.indexOf('/');
    return slash < 0 ? name : `${schoolName(name.slice(0, slash))}/${name.slice(slash + 1)}`;
  };
  const person: Names['person'] = (name, path) => pick('人员', name, people.get(name) ?? people.get(whole(name)), path);
  const districts = new Set(file.districts.map((d) => d.name));
  const district: Names['district'] = (name, path) =>
    pick('区县', name, districts.has(name) ? new Set([name]) : undefined, path);

  const mentorSchool = (mentor: string): string | undefined => {
    const keys = people.get(mentor) ?? people.get(whole(mentor));
    const key = keys?.size === 1 ? [...keys][0]! : mentor;
    return key.slice(0, key.lastIndexOf('/')) || undefined;
  };
  const cared = file.care.map((c) => {
    const at = c.pupil.school ? schoolName(c.pupil.school) : mentorSchool(c.mentor);
    const keys = people.get(c.mentor) ?? people.get(whole(c.mentor));
    return { key: pupilKey(at, c.pupil.name, c.pupil.code), name: c.pupil.name, mentors: keys ?? new Set<string>() };
  });
  const pupils = multimap(
    cared.flatMap((c): [string, string][] => [
      [c.name, c.key],
      [c.key.split('#')[0]!, c.key],
      [c.key, c.key],
    ]),
  );
  const pupil: Names['pupil'] = (name, path, by) => {
    const own = new Set(
      cared.filter((c) => c.name === name && by !== undefined && c.mentors.has(by)).map((c) => c.key),
    );
    return pick('学生', name, own.size === 1 ? own : (pupils.get(name) ?? pupils.get(whole(name))), path);
  };
  const pairings = new Set(file.pairings.map((p) => pairingKey(schoolName(p.supporter), schoolName(p.recipient))));
  const pairing: Names['pairing'] = (supporter, recipient, path) => {
    const key = pairingKey(school(supporter, [...path, 'supporter']), school(recipient, [...path, 'recipient']));
    return pick('结对', key, pairings.has(key) ? new Set([key]) : undefined, path);
  };
  return { school, district, person, pupil, pairing };
};
