import { KIND_WORDS } from '../tables/kinds.ts';
import { FAMILY_NAMES, TITLES } from '../tables/school.ts';
import { isHan } from './is.ts';
import { LEXICON, type Meaning } from './lexicon.ts';
import { type NameMatch, nameUnder, roughSounds, sound, syllable } from './name-index.ts';
import type { NameRoster } from './roster.ts';
import { type Token, tokenAt, wordToken } from './tokens.ts';

const BEFORE_NAME =
  /[给和跟找与对到去在来同从往向访约帮陪替听见请由了过趟、,:]$|[家电][访防仿纺]$|[今昨前]天$|[上下中]午$|[日号晚早]$|看望$|^$|[\s。;\n]$/u;
const AFTER_NAME =
  /^(?:\s|\d|家|妈|爸|爷|奶|的|给|同学|老师|校长|主任|那|谭|学校|小学|中学|完小|中心校|幼儿园|谈|聊|打|各|都|上|听|送|和|、|,|。|$|一|电|沟|做|补|讲|支|挂|跟|今|昨|前|上|这|本|周|我|被|最|在|辅|指|教|说)/u;

/**
 * Names that are misspelt by sound (晚佑 for 万佑, 小节 for 小杰): the same syllables, or, if nothing else fits, syllables that speakers
 * confuse. Only outside longer words, and at positions that allow a name.
 */
export function heardNames(text: string, tokens: Token[], roster: NameRoster): Token[] {
  let out = tokens;
  for (const { start, end } of gapsIn(text, tokens)) {
    for (let at = start; at < end - 1; at += 1) {
      const token = nameHeard(text, at, end, roster);
      if (!token) continue;
      out = put(out, token);
      at = token.end - 1;
    }
  }
  return unknownNames(text, out);
}

function nameHeard(text: string, at: number, end: number, roster: NameRoster): Token | undefined {
  const rough = roughSounds(text, at, Math.min(roster.longest, end - at));
  for (let length = rough.length; length >= 2; length -= 1) {
    const loose = nameUnder(roster.heard, 'roughSounds', rough[length - 1]!);
    if (!loose) continue;
    const piece = text.slice(at, at + length);
    const exact = nameUnder(roster.heard, 'sounds', sound(piece));
    // Three syllables of a known name are hardly anything else.
    const whole = length > 2 && exact !== undefined;
    const titled = /的$/u.test(text.slice(0, at)) && /^(?:老师|校长|园长|主任)/u.test(text.slice(at + length));
    if (!whole && !titled && !BEFORE_NAME.test(text.slice(0, at))) continue;
    if (length === 2 && !AFTER_NAME.test(text.slice(at + length))) continue;
    return tokenAt(at, at + length, piece, { type: 'name', named: exact ?? loose, heard: true });
  }
  return undefined;
}

/** The stretches of Chinese characters without a longer word, which may hold a misspelt one. */
function gapsIn(text: string, tokens: Token[]): { start: number; end: number }[] {
  const taken = new Uint8Array(text.length);
  for (const token of tokens) {
    const single = token.end - token.start === 1 && (token.type === 'word' || token.type === 'count');
    // 访了 may be the end of a misspelt 家访了.
    if (!single) taken.fill(1, endsAspect(token) ? token.start + 1 : token.start, token.end);
  }
  const gaps: { start: number; end: number }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (taken[at] || !isHan(text.charCodeAt(at))) continue;
    const start = at;
    while (at < text.length && !taken[at] && isHan(text.charCodeAt(at))) at += 1;
    if (at - start > 1) gaps.push({ start, end: at });
  }
  return gaps;
}

/** 访了: two characters, the second of which marks a completed action. */
const endsAspect = (token: Token) => token.text.length === 2 && /[了过完]$/u.test(token.text);

function put(tokens: Token[], token: Token): Token[] {
  const kept = tokens.filter((other) => other.end <= token.start || other.start >= token.end);
  const cut = tokens.find((other) => other.start < token.end && other.end > token.end && endsAspect(other));
  const ending = cut && LEXICON.get(cut.text[1]!);
  const rest = ending ? [tokenAt(token.end, cut.end, ending.word, wordToken(ending))] : [];
  return [...kept, ...rest, token].sort((a, b) => a.start - b.start);
}

const NOBODY: NameMatch = { schools: [], people: [], pupils: [] };
const PUPIL_NAME = `(?:[小阿]\\p{Script=Han}|[${FAMILY_NAMES}]\\p{Script=Han}{1,2}?)`;
const AFTER_PUPIL = '(?=同学|家|的?[妈爸爷奶]|的?家长|谈|聊|打电|和|、|$|,|。|单独|做了|补|辅)';
const UNKNOWN_PUPIL = new RegExp(`(?<=[给和跟找与对访约帮陪望问]|家访了|看望了|^)${PUPIL_NAME}${AFTER_PUPIL}`, 'gu');
const UNKNOWN_PERSON = new RegExp(
  `[${FAMILY_NAMES}](?:(?![们的我他她你您校班学个位名跟与给在到去了些这那各教])\\p{Script=Han}){0,2}?(?:${TITLES.split(' ').join('|')})(?!们)`,
  'gu',
);

/** A person outside the roster: the name fits no one, so that the bot asks instead of guessing. */
function unknownNames(text: string, tokens: Token[]): Token[] {
  let out = tokens;
  for (const pattern of [UNKNOWN_PUPIL, UNKNOWN_PERSON]) {
    pattern.lastIndex = 0;
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      const [said] = found;
      const start = found.index;
      const end = start + said.length;
      const title = pattern === UNKNOWN_PERSON;
      if (
        !out.every(
          (token) =>
            token.end <= start ||
            token.start >= end ||
            token.end - token.start === 1 ||
            (title && token.start > start && token.type === 'word'),
        )
      )
        continue;
      if (LEXICON.has(said)) continue;
      out = put(out, tokenAt(start, end, said, { type: 'name', named: NOBODY }));
    }
  }
  return out;
}

const KIND_SOUNDS = new Map<string, Meaning>();
const FIRST_SOUNDS = new Set<string>();
for (const word of [
  ...Object.values(KIND_WORDS).flatMap((row) => row.split(/\s+/u)),
  '示范课',
  '上课',
  '打电话',
  '补课',
]) {
  const meaning = LEXICON.get(word);
  if (!meaning || word.length < 2 || word.length > 4) continue;
  KIND_SOUNDS.set(sound(word), meaning);
  FIRST_SOUNDS.add(syllable(word[0]!));
}

/** Kinds of activity that are misspelt by sound (家纺, 送叫, 平课): same syllables, one character right, outside known words. */
export function heardWords(text: string, tokens: Token[]): Token[] {
  let out = tokens;
  for (const { start, end } of gapsIn(text, tokens)) {
    for (let at = start; at < end - 1; at += 1) {
      const token = wordHeard(text, at, end);
      if (!token) continue;
      out = put(out, token);
      at = token.end - 1;
    }
  }
  return out;
}

function wordHeard(text: string, at: number, end: number): Token | undefined {
  if (!FIRST_SOUNDS.has(syllable(text[at]!))) return undefined;
  for (let length = Math.min(4, end - at); length >= 2; length -= 1) {
    const piece = text.slice(at, at + length);
    const meaning = KIND_SOUNDS.get(sound(piece));
    const word = meaning?.word;
    if (!meaning || !word || word === piece || ![...piece].some((char, k) => word[k] === char)) continue;
    return tokenAt(at, at + length, word, wordToken(meaning));
  }
  return undefined;
}
