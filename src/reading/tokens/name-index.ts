import { pinyin } from 'pinyin-pro';
import { TITLES } from '../tables/school.ts';
import type { NameRoster } from './roster.ts';

// pinyin-pro takes 20 µs for a sentence, since it weighs words; cached single characters are enough for names.
const SYLLABLES = new Map<number, string>();

/** The syllable of one character without its tone; the character itself if it has none. */
export function syllable(char: string): string {
  const code = char.codePointAt(0)!;
  let known = SYLLABLES.get(code);
  if (known === undefined) {
    known = pinyin(char, { toneType: 'none', v: true }) || char;
    if (SYLLABLES.size < 20_000) SYLLABLES.set(code, known);
  }
  return known;
}

/** The sound of a word, without tones. */
export function sound(word: string): string {
  let out = '';
  for (const char of word) out += out ? ` ${syllable(char)}` : syllable(char);
  return out;
}

/** The same, with sounds that Chinese speakers confuse made equal: zh/z, ch/c, sh/s, n/l, f/h, -ng/-n. */
export function roughSound(word: string): string {
  return roughSounds(word, 0, word.length).at(-1) ?? '';
}

/** The rough sounds of the first character from `at`, of the first two, and so on. */
export function roughSounds(text: string, at: number, length: number): string[] {
  const out: string[] = [];
  for (let k = at; k < at + length; k += 1) out.push(k > at ? `${out.at(-1)} ${rough(text[k]!)}` : rough(text[k]!));
  return out;
}

const ROUGH = new Map<string, string>();

function rough(char: string): string {
  const spoken = syllable(char);
  let known = ROUGH.get(spoken);
  if (known === undefined) {
    const initial = spoken
      .replace(/^([zcs])h/u, '$1')
      .replace(/^n/u, 'l')
      .replace(/^f/u, 'h');
    known = initial.replace(/([aei])ng$/u, '$1n');
    if (ROUGH.size < 20_000) ROUGH.set(spoken, known);
  }
  return known;
}

/** What one written form can mean: full names from the roster. */
export interface NameMatch {
  schools: string[];
  people: string[];
  pupils: string[];
}

/** Names of one sort, by spelling and by sound. */
export interface NameIndex {
  forms: Map<string, NameMatch>;
  sounds: Map<string, NameMatch>;
  roughSounds: Map<string, NameMatch>;
  /** The length of the longest form, by its first two characters. */
  reach: Map<string, number>;
}

/** The forms of all these names, by spelling and by sound. */
export function indexed(field: keyof NameMatch, names: string[], formsOf: (name: string) => string[]): NameIndex {
  const index: NameIndex = { forms: new Map(), sounds: new Map(), roughSounds: new Map(), reach: new Map() };
  for (const name of new Set(names)) {
    for (const written of formsOf(name)) {
      const form = written.normalize('NFKC').toLowerCase();
      put(index.forms, form, field, name);
      if (form.length < 2) continue;
      raise(index.reach, form.slice(0, 2), form.length);
      put(index.sounds, sound(form), field, name);
      put(index.roughSounds, roughSound(form), field, name);
    }
  }
  return index;
}

/** Raises the greatest length of names with these first characters. */
export function raise(reach: Map<string, number>, begin: string, length: number): void {
  reach.set(begin, Math.max(length, reach.get(begin) ?? 0));
}

function put(map: Map<string, NameMatch>, key: string, field: keyof NameMatch, name: string): void {
  const named = map.get(key) ?? { schools: [], people: [], pupils: [] };
  if (!named[field].includes(name)) named[field].push(name);
  map.set(key, named);
}

/** What a written form, or a sound, can mean. */
export function nameUnder(
  layers: NameIndex[],
  by: 'forms' | 'sounds' | 'roughSounds',
  key: string,
): NameMatch | undefined {
  let found: NameMatch | undefined;
  for (const layer of layers) {
    const more = layer[by].get(key);
    if (!more) continue;
    // 小雨 in full is not 李雨 by her short name.
    const theirs = more.pupils.includes(key) ? [key] : more.pupils;
    const pupils = found && found.pupils.length > 0 ? found.pupils : theirs;
    found = found
      ? {
          schools: [...found.schools, ...more.schools],
          people: [...new Set([...found.people, ...more.people])],
          pupils,
        }
      : { ...more, pupils };
  }
  return found;
}

export interface NameAt {
  named: NameMatch;
  end: number;
}

/** 杨校, 朱园, as colleagues say, are 杨校长 and 朱园长. */
const TITLE = new RegExp(
  `(?:${TITLES.split(' ')
    .sort((a, b) => b.length - a.length)
    .join('|')}|校(?![长园区内外门方际服车舍刊里本级风容规训史])|园(?![长区里内外丁门子艺地林中方所本务际校舍容庆会]))`,
  'y',
);

/** The longest name that starts at `at`: 万佑, 王建国, 王建国老师, 王老师. `accept` may refuse a name. */
export function nameAt(
  text: string,
  at: number,
  roster: NameRoster,
  accept: (length: number, named: NameMatch) => boolean,
): NameAt | undefined {
  if (!roster.begins.has(text.charCodeAt(at))) return undefined;
  const reach = roster.reach.get(text.slice(at, at + 2)) ?? 0;
  for (let length = Math.min(reach, text.length - at); length > 1; length -= 1) {
    const found = nameUnder(roster.layers, 'forms', text.slice(at, at + length));
    if (!found || !accept(length, found)) continue;
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
