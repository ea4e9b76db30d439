import type { ReaderKnows } from '../types.ts';
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

/** 晓街乡万佑九年一贯制学校: also without the leading places, and the short names followed by 学校, 中学, 小学. */
export function schoolForms(school: { name: string; short: string[] }): string[] {
  const local = school.name.replace(/^.*[省市县区州乡镇](?=.{3})/u, '');
  const stem = local.replace(/(?:九年一贯制学校|九年制学校|中心小学|中心学校|幼儿园|学校|中学|小学)$/u, '');
  const shorts = [
    ...school.short,
    ...(stem.length >= 2 && stem !== local
      ? [stem].filter((form) => form.length <= 4 && school.short.length === 0)
      : []),
  ];
  const kind = /幼儿园/u.test(school.name)
    ? ['幼儿园']
    : /小学/u.test(school.name)
      ? ['小学', '学校']
      : ['学校', '中学'];
  const withKind = shorts.filter((form) => !/[学园]$/u.test(form)).flatMap((form) => kind.map((end) => form + end));
  return [...new Set([school.name, local, ...shorts, ...withKind])].filter((form) => form.length >= 2);
}

/** 王建国: 建国, 小王, 老王; a title may follow any name. */
export function personForms(name: string): string[] {
  const family = familyName(name);
  const given = name.slice(family.length);
  return [name, ...(given.length >= 2 ? [given] : []), `小${family}`, `老${family}`];
}

/** 王小明: 小明, 明明, 王同学; for 小杰 also 杰杰. */
export function pupilForms(name: string): string[] {
  const nick = /^[小阿]/u.test(name) && name.length === 2;
  const family = nick ? '' : familyName(name);
  const given = name.slice(family.length);
  const last = name.at(-1)!;
  const forms = [name, `${last}${last}`, `小${last}`];
  if (given.length >= 2) forms.push(given);
  if (family) forms.push(`${family}同学`, `小${family}同学`);
  return forms;
}

const DOUBLE_FAMILY = '欧阳 上官 司马 诸葛 司徒 东方 慕容 令狐 皇甫 尉迟 公孙 夏侯 端木'.split(' ');

export function familyName(name: string): string {
  const double = name.slice(0, 2);
  return name.length > 2 && DOUBLE_FAMILY.includes(double) ? double : name.slice(0, 1);
}
