import type { ActivityKind } from '../plan/types.ts';
import { KIND_WORDS, NOUNS, type Noun, VERBS, type Verb } from './tables/kinds.ts';
import { SUBJECTS, UNITS, type Unit } from './tables/school.ts';
import { type Tag, WORDS } from './tables/words.ts';

/** What a word can be; most are only one of these. */
export interface Meaning {
  tags: Set<Tag>;
  verbs: Set<Verb>;
  nouns: Set<Noun>;
  kind?: ActivityKind;
  subject?: boolean;
}

// No segmenter was added: names, dates and counts decide where words end here, and it knows none of them.
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

/** By first character the lengths of its words, longest first. */
const LENGTHS = new Map<string, number[]>();
for (const word of LEXICON.keys()) {
  const lengths = new Set([...(LENGTHS.get(word[0]!) ?? []), word.length]);
  LENGTHS.set(
    word[0]!,
    [...lengths].sort((a, b) => b - a),
  );
}
const LONGEST_UNIT = Math.max(...[...UNIT_OF.keys()].map((word) => word.length));

/** Words that are none where these signs follow: 跟班主任谈 is 跟 and 班主任. */
const NOT_BEFORE: Record<string, RegExp> = {
  跟班: /^(?:[主里上级干长委内]|的?[同孩学](?!习))/u,
  打卡: /^[点机]/u,
  起来: /^[我咱本]/u,
  签到: /^[表册簿处墙本单]/u,
};

const NONE: number[] = [];

/** The longest known word at `at`. */
export function wordAt(text: string, at: number): string | undefined {
  for (const length of LENGTHS.get(text[at]!) ?? NONE) {
    if (length > text.length - at) continue;
    const word = text.slice(at, at + length);
    if (LEXICON.has(word) && !NOT_BEFORE[word]?.test(text.slice(at + length, at + length + 3))) return word;
  }
  return undefined;
}

/** The longest measure word at `at`, and what it counts. */
export function unitAt(text: string, at: number): { word: string; unit: Unit } | undefined {
  for (let length = Math.min(LONGEST_UNIT, text.length - at); length > 0; length -= 1) {
    const word = text.slice(at, at + length);
    const unit = UNIT_OF.get(word);
    if (unit) return { word, unit };
  }
  return undefined;
}

function split(row: string): string[] {
  return row.split(/\s+/u).filter(Boolean);
}

function meaning(word: string): Meaning {
  let known = LEXICON.get(word);
  if (!known) {
    known = { tags: new Set(), verbs: new Set(), nouns: new Set() };
    LEXICON.set(word, known);
  }
  return known;
}
