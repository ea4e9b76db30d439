import { familyName, personForms, pupilForms, schoolForms } from './name-forms.ts';
import { roughSound, sound } from './sound.ts';
import { TITLES } from './tables/school.ts';
import type { ReaderKnows } from './types.ts';

/** What one written form can stand for: full names from the roster. */
export interface Named {
  schools: string[];
  people: string[];
  pupils: string[];
}

/** Names of one sort by how they are written and how they sound. */
interface NameIndex {
  forms: Map<string, Named>;
  sounds: Map<string, Named>;
  roughSounds: Map<string, Named>;
  /** The longest form by the code of its first sign. */
  reach: Map<number, number>;
}

/** All names that a message of one sender may hold. */
export interface Roster {
  knows: ReaderKnows;
  /** The sender's own pupils first: where one of them fits, pupils of others do not. */
  layers: NameIndex[];
  /** Those among them that may be written by sound alone. */
  heard: NameIndex[];
  /** Everybody of one family name, for 王老师. */
  families: Map<string, string[]>;
  longest: number;
  /** How long a name of any sort can be, by the code of its first sign. */
  reach: ReadonlyMap<number, number>;
  ownPupils: string[];
  /** The other side of the sender's pairings; of all pairings where the sender is unknown. */
  partners: string[];
}

// To index a county takes far longer than to read a message, so an index lives as long as the caller's list does:
// hand over the same `people`, `schools` and `care` arrays each time.
const INDEXES = new WeakMap<object, Map<string, NameIndex>>();
const NEAR = new WeakMap<object, Map<string, Nearby>>();
const ROSTERS = new WeakMap<ReaderKnows, Roster>();

/** The names of a roster in the light of who writes. */
export function rosterOf(knows: ReaderKnows): Roster {
  let roster = ROSTERS.get(knows);
  if (!roster) {
    roster = build(knows);
    ROSTERS.set(knows, roster);
  }
  return roster;
}

/** Short names (小王, 王老师, 建国) stand for people of the sender's and the paired schools; full names for anybody. */
function build(knows: ReaderKnows): Roster {
  const own = [...new Set(knows.care.filter((row) => row.mentor === knows.sender?.name).map((row) => row.pupil))];
  const partners = partnersOf(knows);
  const near = kept(NEAR, knows.people, knows.sender?.school ?? '', () => nearby(knows, partners));
  const whole = (name: string) => [name];
  const ofOthers = own.length === 0 ? pupilForms : whole;
  const heard = [
    indexed('pupils', own, pupilForms),
    near.index,
    kept(INDEXES, knows.schools, '', () => schoolIndex(knows)),
  ];
  const layers = [
    ...heard,
    kept(INDEXES, knows.care, ofOthers.name, () =>
      indexed(
        'pupils',
        knows.care.map((row) => row.pupil),
        ofOthers,
      ),
    ),
    kept(INDEXES, knows.people, '', () =>
      indexed(
        'people',
        knows.people.map((person) => person.name),
        whole,
      ),
    ),
  ];
  const longest = Math.max(0, ...heard.flatMap((layer) => [...layer.reach.values()]));
  const reach = new Map([...near.families.keys()].map((family) => [family.charCodeAt(0), 1]));
  for (const layer of layers) for (const [code, length] of layer.reach) raise(reach, code, length);
  return { knows, layers, heard, families: near.families, longest, reach, ownPupils: own, partners };
}

interface Nearby {
  index: NameIndex;
  families: Map<string, string[]>;
}

function nearby(knows: ReaderKnows, partners: string[]): Nearby {
  const school = knows.sender?.school;
  const close = knows.people.filter(
    (person) => !school || person.school === school || partners.includes(person.school ?? ''),
  );
  const families = new Map<string, string[]>();
  for (const { name } of close) families.set(familyName(name), [...(families.get(familyName(name)) ?? []), name]);
  return {
    index: indexed(
      'people',
      close.map((person) => person.name),
      personForms,
    ),
    families,
  };
}

function schoolIndex(knows: ReaderKnows): NameIndex {
  const forms = new Map(knows.schools.map((school) => [school.name, schoolForms(school)]));
  return indexed('schools', [...forms.keys()], (name) => forms.get(name)!);
}

function kept<T>(store: WeakMap<object, Map<string, T>>, list: object, name: string, make: () => T): T {
  const of = store.get(list) ?? new Map<string, T>();
  store.set(list, of);
  const index = of.get(name) ?? make();
  of.set(name, index);
  return index;
}

function indexed(field: keyof Named, names: string[], formsOf: (name: string) => string[]): NameIndex {
  const index: NameIndex = { forms: new Map(), sounds: new Map(), roughSounds: new Map(), reach: new Map() };
  for (const name of new Set(names)) {
    for (const written of formsOf(name)) {
      const form = written.normalize('NFKC').toLowerCase();
      put(index.forms, form, field, name);
      raise(index.reach, form.charCodeAt(0), form.length);
      if (form.length < 2) continue;
      put(index.sounds, sound(form), field, name);
      put(index.roughSounds, roughSound(form), field, name);
    }
  }
  return index;
}

function raise(reach: Map<number, number>, code: number, length: number): void {
  reach.set(code, Math.max(length, reach.get(code) ?? 0));
}

function put(map: Map<string, Named>, key: string, field: keyof Named, name: string): void {
  const named = map.get(key) ?? { schools: [], people: [], pupils: [] };
  if (!named[field].includes(name)) named[field].push(name);
  map.set(key, named);
}

/** Whom or what a written form, or a sound, can stand for. */
export function named(layers: NameIndex[], by: 'forms' | 'sounds' | 'roughSounds', key: string): Named | undefined {
  let found: Named | undefined;
  for (const layer of layers) {
    const more = layer[by].get(key);
    if (!more) continue;
    const pupils = found && found.pupils.length > 0 ? found.pupils : more.pupils;
    found = found
      ? {
          schools: [...found.schools, ...more.schools],
          people: [...new Set([...found.people, ...more.people])],
          pupils,
        }
      : more;
  }
  return found;
}

export interface NameAt {
  named: Named;
  end: number;
}

const TITLE = new RegExp(
  `(?:${TITLES.split(' ')
    .sort((a, b) => b.length - a.length)
    .join('|')})`,
  'y',
);

/** The longest name that starts at `at`: 万佑, 王建国, 王建国老师, 王老师. `accept` may refuse a short one. */
export function nameAt(
  text: string,
  at: number,
  roster: Roster,
  accept: (length: number) => boolean,
): NameAt | undefined {
  const reach = roster.reach.get(text.charCodeAt(at));
  if (reach === undefined) return undefined;
  for (let length = Math.min(reach, text.length - at); length > 1; length -= 1) {
    const found = named(roster.layers, 'forms', text.slice(at, at + length));
    if (!found || !accept(length)) continue;
    return { named: found, end: found.people.length > 0 ? titleEnd(text, at + length) : at + length };
  }
  for (const length of [2, 1]) {
    const people = roster.families.get(text.slice(at, at + length));
    const end = people ? titleEnd(text, at + length) : at + length;
    if (people && end > at + length) return { named: { schools: [], people, pupils: [] }, end };
  }
  return undefined;
}

function titleEnd(text: string, at: number): number {
  TITLE.lastIndex = at;
  return TITLE.test(text) ? TITLE.lastIndex : at;
}

function partnersOf(knows: ReaderKnows): string[] {
  const school = knows.sender?.school;
  if (!school) return [...new Set(knows.pairings.map((pairing) => pairing.recipient))];
  const others = knows.pairings.flatMap((pairing) => {
    if (pairing.supporter === school) return [pairing.recipient];
    return pairing.recipient === school ? [pairing.supporter] : [];
  });
  return [...new Set(others)];
}
