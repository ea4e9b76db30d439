import type { ReaderKnows } from '../types.ts';
import { familyName, personForms, pupilForms, schoolForms } from './name-forms.ts';
import { indexed, type NameIndex, raise } from './name-index.ts';

/** All names that a message of one sender may contain. */
export interface NameRoster {
  knows: ReaderKnows;
  /** The sender's own pupils first: if one of them fits, other pupils do not. */
  layers: NameIndex[];
  /** The names among them that may be found by sound alone. */
  heard: NameIndex[];
  /** All people of one family name, for 王老师. */
  families: Map<string, string[]>;
  longest: number;
  /** The codes of the characters that names begin with, and the greatest length by the first two. */
  begins: ReadonlySet<number>;
  reach: ReadonlyMap<string, number>;
  ownPupils: string[];
  /** The other side of the sender's pairings; of all pairings if the sender is unknown. */
  partners: string[];
}

// Indexing a county takes far longer than reading a message, so an index lives as long as the caller's list: pass the same `people`,
// `schools` and `care` arrays each time.
const INDEXES = new WeakMap<object, Map<string, NameIndex>>();
const NEAR = new WeakMap<object, Map<string, Nearby>>();
const ROSTERS = new WeakMap<ReaderKnows, NameRoster>();

/** The names of a roster from the sender's point of view. */
export function nameRosterOf(knows: ReaderKnows): NameRoster {
  let roster = ROSTERS.get(knows);
  if (!roster) {
    roster = build(knows);
    ROSTERS.set(knows, roster);
  }
  return roster;
}

/** Short names (小王, 王老师, 建国) mean people of the sender's and the paired schools; full names mean anybody. */
function build(knows: ReaderKnows): NameRoster {
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
  const reach = new Map<string, number>();
  for (const layer of layers) for (const [begin, length] of layer.reach) raise(reach, begin, length);
  const begins = new Set([...near.families.keys(), ...reach.keys()].map((begin) => begin.charCodeAt(0)));
  return { knows, layers, heard, families: near.families, longest, begins, reach, ownPupils: own, partners };
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

function partnersOf(knows: ReaderKnows): string[] {
  const school = knows.sender?.school;
  if (!school) return [...new Set(knows.pairings.map((pairing) => pairing.recipient))];
  const others = knows.pairings.flatMap((pairing) => {
    if (pairing.supporter === school) return [pairing.recipient];
    return pairing.recipient === school ? [pairing.supporter] : [];
  });
  return [...new Set(others)];
}
