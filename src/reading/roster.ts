import { roughSound, sound } from './sound.ts';
import { TITLES } from './tables/school.ts';
import type { ReaderKnows } from './types.ts';

/** What one written form can stand for: full names from the roster. */
export interface Named {
  schools: string[];
  people: string[];
  pupils: string[];
}

/** All forms in which the roster's names may be written, and how they sound. */
export interface Roster {
  forms: Map<string, Named>;
  sounds: Map<string, Named>;
  roughSounds: Map<string, Named>;
  longest: number;
  /** The longest form by its first character. */
  reach: Map<string, number>;
  knows: ReaderKnows;
  ownPupils: string[];
  /** The other side of the sender's pairings; of all pairings where the sender is unknown. */
  partners: string[];
}

const BUILT = new WeakMap<ReaderKnows, Roster>();

/** The index of a roster, kept as long as the caller keeps its `knows`: to build it costs more than to read. */
export function rosterOf(knows: ReaderKnows): Roster {
  let roster = BUILT.get(knows);
  if (!roster) {
    roster = build(knows);
    BUILT.set(knows, roster);
  }
  return roster;
}

function build(knows: ReaderKnows): Roster {
  const forms = new Map<string, Named>();
  for (const school of knows.schools) for (const form of schoolForms(school)) add(forms, form, 'schools', school.name);
  for (const { name } of knows.people) for (const form of personForms(name)) add(forms, form, 'people', name);
  const own = knows.care.filter((row) => row.mentor === knows.sender?.name).map((row) => row.pupil);
  for (const { pupil } of knows.care) {
    const known = own.length === 0 || own.includes(pupil);
    for (const form of known ? pupilForms(pupil) : [pupil]) add(forms, form, 'pupils', pupil);
  }
  for (const named of forms.values()) preferOwn(named, own);
  const sounds = new Map<string, Named>();
  const roughSounds = new Map<string, Named>();
  for (const [form, named] of forms) {
    if (form.length < 2) continue;
    merge(sounds, sound(form), named);
    merge(roughSounds, roughSound(form), named);
  }
  const keys = [...forms.keys()];
  return {
    forms,
    sounds,
    roughSounds,
    longest: Math.max(0, ...keys.map((key) => key.length)),
    reach: reachOf(keys),
    knows,
    ownPupils: [...new Set(own)],
    partners: partnersOf(knows),
  };
}

function reachOf(keys: string[]): Map<string, number> {
  const reach = new Map<string, number>();
  for (const key of keys) reach.set(key[0]!, Math.max(key.length, reach.get(key[0]!) ?? 0));
  return reach;
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

function add(forms: Map<string, Named>, form: string, field: keyof Named, name: string): void {
  const key = form.normalize('NFKC').toLowerCase();
  const named = forms.get(key) ?? { schools: [], people: [], pupils: [] };
  if (!named[field].includes(name)) named[field].push(name);
  forms.set(key, named);
}

function merge(index: Map<string, Named>, key: string, named: Named): void {
  const known = index.get(key);
  const both = (field: keyof Named) => [...new Set([...(known?.[field] ?? []), ...named[field]])];
  index.set(key, { schools: both('schools'), people: both('people'), pupils: both('pupils') });
}

/** One's own pupils before those of others: 小明 is the sender's 小明 when there is exactly such a one. */
function preferOwn(named: Named, own: string[]): void {
  const mine = named.pupils.filter((pupil) => own.includes(pupil));
  if (mine.length > 0) named.pupils = mine;
}

/** 晓街乡万佑九年一贯制学校: also without the places before it, and the short names with 学校, 中学, 小学 after them. */
function schoolForms(school: { name: string; short: string[] }): string[] {
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

/** 王建国: 建国, 王老师, 建国老师, 小王, 老王. */
function personForms(name: string): string[] {
  const family = familyName(name);
  const given = name.slice(family.length);
  const titled = TITLES.split(' ').flatMap((title) => [
    family + title,
    name + title,
    ...(given.length >= 2 ? [given + title] : []),
  ]);
  return [
    name,
    ...(given.length >= 2 ? [given] : []),
    ...titled,
    `小${family}`,
    `老${family}`,
    `${family}老`,
    `${family}校`,
    `${family}主任`,
  ];
}

/** 王小明: 小明, 明明, 王同学; 小杰 keeps its own name: 杰杰. */
function pupilForms(name: string): string[] {
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

function familyName(name: string): string {
  const double = name.slice(0, 2);
  return name.length > 2 && DOUBLE_FAMILY.includes(double) ? double : name.slice(0, 1);
}
