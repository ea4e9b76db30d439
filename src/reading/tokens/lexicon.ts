import type { ActivityKind } from '../../plan/activity.ts';
import { KIND_WORDS, NOUNS, type Noun, VERBS, type Verb } from '../tables/kinds.ts';
import { SUBJECTS, UNITS, type Unit } from '../tables/school.ts';
import { type Tag, WORDS } from '../tables/words.ts';

/** Words as a tree of their characters. Codes rather than strings: cutting a text to pieces costs more than everything done with them. */
export interface Tree<T> {
  found?: T;
  next?: Map<number, Tree<T>>;
}

/** A tree of words with their values; of equal words the last wins. */
export function treeOf<T>(words: Iterable<[string, T]>): Tree<T> {
  const root: Tree<T> = {};
  for (const [word, found] of words) {
    let node = root;
    for (let k = 0; k < word.length; k += 1) {
      node.next ??= new Map();
      let child = node.next.get(word.charCodeAt(k));
      if (!child) {
        child = {};
        node.next.set(word.charCodeAt(k), child);
      }
      node = child;
    }
    node.found = found;
  }
  return root;
}

/** The value of the longest word that starts at `at`; `accept` may refuse a word that ends at `end`. */
export function longestAt<T>(
  tree: Tree<T>,
  text: string,
  at: number,
  accept: (found: T, end: number) => boolean = anything,
): T | undefined {
  let longest: T | undefined;
  let node = tree.next?.get(text.charCodeAt(at));
  for (let end = at + 1; node !== undefined; end += 1) {
    if (node.found !== undefined && accept(node.found, end)) longest = node.found;
    node = node.next?.get(text.charCodeAt(end));
  }
  return longest;
}

function anything(): boolean {
  return true;
}

/** Tests whether the character at a position is one of `signs`, all of them within the basic plane. */
export function oneOf(signs: string): (text: string, at: number) => boolean {
  const codes = new Set(Array.from(signs, (sign) => sign.charCodeAt(0)));
  return (text, at) => codes.has(text.charCodeAt(at));
}

/** The possible meanings of a word; most have only one. */
export interface Meaning {
  word: string;
  /** Following characters that rule the word out: 跟班主任谈 is 跟 and 班主任. */
  notBefore?: RegExp;
  tags: Set<Tag>;
  verbs: Set<Verb>;
  nouns: Set<Noun>;
  kind?: ActivityKind;
  subject?: boolean;
}

const NOT_BEFORE: Record<string, RegExp> = {
  跟班: /^(?:[主里上级干长委内]|的?[同孩学](?!习))/u,
  打卡: /^[点机]/u,
  讲课: /^[堂程题件]/u,
  上课: /^[堂程题件]/u,
  听课: /^[堂程件]/u,
  起来: /^[我咱本]/u,
  签到: /^[表册簿处墙本单]/u,
};

// No segmenter: names, dates and counts decide where words end here, and a segmenter knows none of them.
/** All words of the tables. */
export const LEXICON = new Map<string, Meaning>();
const UNIT_OF = new Map<string, Unit>();

for (const [tag, row] of Object.entries(WORDS)) for (const word of split(row)) meaning(word).tags.add(tag as Tag);
for (const [verb, row] of Object.entries(VERBS)) for (const word of split(row)) meaning(word).verbs.add(verb as Verb);
for (const [noun, row] of Object.entries(NOUNS)) for (const word of split(row)) meaning(word).nouns.add(noun as Noun);
for (const [kind, row] of Object.entries(KIND_WORDS))
  for (const word of split(row)) meaning(word).kind = kind as ActivityKind;
for (const word of split(SUBJECTS)) meaning(word).subject = true;
for (const [unit, row] of Object.entries(UNITS))
  for (const word of split(row)) if (!UNIT_OF.has(word)) UNIT_OF.set(word, unit as Unit);

const WORDS_BY_SIGNS = treeOf(LEXICON);
const UNITS_BY_SIGNS = treeOf([...UNIT_OF].map(([word, unit]): [string, UnitAt] => [word, { word, unit }]));

/** The meaning of the longest known word at `at`. */
export function wordAt(text: string, at: number): Meaning | undefined {
  return longestAt(WORDS_BY_SIGNS, text, at, ({ notBefore }, end) => !notBefore?.test(text.slice(end, end + 3)));
}

/** A measure word and what it counts. */
export interface UnitAt {
  word: string;
  unit: Unit;
}

const beginsBehindLesson = oneOf('题程桌件文');

/** The longest measure word at `at`; 一次课题研讨 is 一次 and 课题. */
export function unitAt(text: string, at: number): UnitAt | undefined {
  return longestAt(
    UNITS_BY_SIGNS,
    text,
    at,
    ({ word }, end) => !(word.endsWith('课') && beginsBehindLesson(text, end)),
  );
}

function split(row: string): string[] {
  return row.split(/\s+/u).filter(Boolean);
}

function meaning(word: string): Meaning {
  let known = LEXICON.get(word);
  if (!known) {
    known = { word, notBefore: NOT_BEFORE[word], tags: new Set(), verbs: new Set(), nouns: new Set() };
    LEXICON.set(word, known);
  }
  return known;
}
