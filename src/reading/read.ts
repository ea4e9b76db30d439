import type { Ymd } from '../plan/dates.ts';
import { completed } from './answers/complete.ts';
import { type AllNames, type Masked, masked } from './answers/masked.ts';
import { correctionOf } from './fields/correct.ts';
import { forAll } from './fields/for-all.ts';
import { readingsOf } from './fields/readings.ts';
import { sameChild, together } from './fields/together.ts';
import { explained, inOrder } from './fields/when.ts';
import { banded, type Ground } from './judge/bands.ts';
import { draftsOf } from './judge/drafts.ts';
import { type Features, featuresOf } from './judge/features.ts';
import { almostHeard, named, questionHeard } from './judge/hearing.ts';
import { looksLikeReport } from './judge/leftover.ts';
import { HEARD_KINDS, judge, type Weights } from './judge/model.ts';
import { silenceOf } from './judge/mood.ts';
import { isNotice } from './judge/notice.ts';
import { ofOthers } from './judge/rules.ts';
import { seconded } from './judge/seconded.ts';
import { type Piece, piecesOf } from './judge/symbols.ts';
import { unusedIn } from './judge/unused.ts';
import { WEIGHTS } from './judge/weights.ts';
import { reasonsFor } from './judge/why.ts';
import { segmentsOf } from './structure/clauses.ts';
import { officeSegments, soundsOfficial } from './structure/office.ts';
import { type Pauses, paused } from './structure/pauses.ts';
import { type Stretch, stretchesOf } from './structure/stretches.ts';
import { withoutCopies } from './text/copies.ts';
import { normalise } from './text/normalise.ts';
import { repaired, withoutAddressed } from './tokens/repair.ts';
import { type NameRoster, nameRosterOf } from './tokens/roster.ts';
import { type Token, tokenise } from './tokens/tokens.ts';
import type { Heard, ReadAt, ReaderKnows, Reading } from './types.ts';

/** The readings of one message, and the text that the reader could not place. */
export interface MessageRead {
  readings: Reading[];
  /** Text that looks like a report but was not understood: worth one helpful card. */
  leftover?: string;
  /** Nothing to record or answer (thanks, praise, small talk). */
  chatter: boolean;
}

// The steps, each in a file of its own and each pure:
//   normalise   one spelling for each character
//   tokens      words, dates, counts and names with their positions (dates, spots, name-at; misheard finds misspellings)
//   correct     is the last record corrected or withdrawn? · notice: is it a circular?
//   clauses     stretches about one activity each (hits, pairs, whom, stands: which words name one)
//   drafts      everything about one activity (belongs), with its mood: done, intended, denied, asked, hearsay
//               (mood, foreign, others, question)
//   readings    status (mentioned: only spoken of, or not understood), dates (when, dated), counts, who, pupils, where
//               (at-home), and the fields of some kinds (extras, donation, items, secondment); per-pupil and
//               per-school split what belongs to one alone
// The meanings of words are in tables/: a word that is not understood is usually just missing there.
const TOO_LONG = 4000;

/** How pauses are added to a stretch. */
type Breathe = (said: string, words: Token[]) => string;

/** A message in parts, each with the pieces that the judge weighs. */
function partsOf(plain: string, at: ReadAt, knows: ReaderKnows, breathe: Breathe) {
  const roster = nameRosterOf(knows);
  const tokens = tokenise(plain, roster);
  const parts = stretchesOf(plain, tokens, roster).map((stretch) =>
    partOf(stretch, plain, tokens, roster, at.today, breathe),
  );
  const pieces = parts.map((part) => piecesOf(part.plain, part.tokens, roster, at.today));
  return { roster, tokens, parts, pieces };
}

const plainOf = (text: string) => withoutCopies(normalise(text.slice(0, TOO_LONG)));

/** A pause inside an office sentence would separate the document from its verb. */
const breathing =
  (pauses: Pauses): Breathe =>
  (said, words) => {
    const breathed = paused(said, words, pauses);
    return soundsOfficial(said) && !soundsOfficial(breathed) ? said : breathed;
  };

/**
 * Reads one message as of when it was written. Never throws. `readings` is empty if nothing was reported; `leftover` then distinguishes an
 * unclear report from `chatter`. What a second opinion has `heard` must be confirmed and is never recorded directly.
 */
export function readMessage(
  text: string,
  at: ReadAt,
  knows: ReaderKnows,
  weights: Weights = WEIGHTS,
  heard: Heard[] = [],
): MessageRead {
  const { ground, leftover, chatter } = groundOf(text, at, knows, weights, heard);
  return { readings: banded(ground, weights.sure), ...(leftover === undefined ? {} : { leftover }), chatter };
}

/** The contents of a message, before the act of each reading is decided. */
export function groundOf(text: string, at: ReadAt, knows: ReaderKnows, weights: Weights, heard: Heard[] = []) {
  const plain = plainOf(text);
  const { roster, tokens, parts, pieces } = partsOf(plain, at, knows, breathing(weights.pauses));
  const own = judge(weights, pieces.flat());
  const opinion = heard.length === 0 ? own : seconded(own, worded(parts, pieces), heard);
  const of = (readings: Reading[], chatter = false, leftover?: string) => {
    const unused = parts.flatMap((part) => unusedIn(part.tokens, readings, at.today, roster));
    const said = parts.flatMap((part) => part.tokens);
    const seconded = heard.length > 0;
    const ground: Ground = { plain, readings, opinion, tokens: said, unused, roster, today: at.today, seconded };
    return { ground, chatter, leftover };
  };
  const correction = correctionOf(plain, tokens, at, roster);
  if (correction) return of([correction]);
  if (parts.length === 1 && isNotice(plain, tokens)) {
    const asked = questionHeard(opinion, plain);
    return asked ? of([asked]) : of([], true);
  }
  let first = 0;
  const found: Reading[] = [];
  for (const [k, part] of parts.entries()) {
    const hearing = { opinion, pieces: pieces[k]!, first };
    first += pieces[k]!.length;
    const segments = named(hearing, officeSegments(segmentsOf(part.tokens, part.plain.length), part.plain));
    const drafts = draftsOf(segments, at.today, hearing, knows.sender?.name);
    const readings = sameChild(readingsOf(drafts, part.plain, part.tokens, at, roster, hearing), found, part.tokens);
    const [only, more] = readings;
    found.push(...(only && !more && part.note ? [{ ...only, note: part.note }] : readings));
  }
  const readings = forAll(parts.length > 1 ? together(found) : found, plain);
  if (readings.length > 0) return of(readings);
  const asked = questionHeard(opinion, plain);
  if (asked) return of([asked]);
  const clumsy =
    parts.some((part) => looksLikeReport(part.tokens, part.plain)) ||
    (almostHeard(opinion) && !parts.some((part) => part.tokens.some(ofOthers)));
  return clumsy ? of([], false, plain) : of([], true);
}

/** A stretch with its pauses and its tokens, without forms of address and retracted words. */
function partOf(
  { text, note, row }: Stretch,
  plain: string,
  tokens: Token[],
  roster: NameRoster,
  today: Ymd,
  pause: (text: string, said: Token[]) => string,
) {
  const said = text === plain ? tokens : tokenise(text, roster);
  const breathed = row ? text : pause(text, said);
  const own = breathed === text ? said : tokenise(breathed, roster);
  return {
    plain: breathed,
    note,
    tokens: inOrder(explained(repaired(withoutAddressed(own, breathed)), breathed, today)),
  };
}

/** The pieces of a message with their words. */
const worded = (parts: { plain: string }[], pieces: Piece[][]) =>
  pieces.flatMap((list, k) => list.map((piece) => ({ ...piece, text: parts[k]!.plain.slice(piece.start, piece.end) })));

/** Between these chances it is open whether a stretch reports a kind. */
const OPEN = { from: 0.02, to: 0.85 };

/** The stretches that the judge is unsure about: only these go to a second opinion. */
export function doubtsIn(text: string, at: ReadAt, knows: ReaderKnows): string {
  const plain = plainOf(text);
  const { tokens, parts, pieces } = partsOf(plain, at, knows, breathing(WEIGHTS.pauses));
  if (isNotice(plain, tokens)) return '';
  const { chanceAt } = judge(WEIGHTS, pieces.flat());
  let first = 0;
  const open = parts.filter((_, k) => {
    const own = pieces[k]!.map((_, n) => first + n);
    first += own.length;
    return HEARD_KINDS.some((kind) => {
      const p = kind === 'same_as_last' ? 0 : chanceAt(kind, own);
      return p > OPEN.from && p < OPEN.to;
    });
  });
  return open.map((part) => part.plain).join('\n');
}

/** A text with placeholders for names, for readers outside the program. */
export function maskedText(plain: string, knows: ReaderKnows, all: AllNames): Masked {
  return masked(plain, nameRosterOf(knows), all);
}

/** The features that the judge weighs in a text. */
export function weighed(text: string, at: ReadAt, knows: ReaderKnows, pauses: Pauses): Features {
  const plain = normalise(text.slice(0, TOO_LONG));
  return featuresOf(partsOf(plain, at, knows, (said, words) => paused(said, words, pauses)).pieces.flat());
}

/**
 * For each reading, what weighed most for its kind and how sure it is; for a message without readings, the closest kind and the rule that
 * silenced it. Printed by `read --why`.
 */
export function whyOf(text: string, at: ReadAt, knows: ReaderKnows): string[] {
  const plain = plainOf(text);
  const { parts, pieces } = partsOf(plain, at, knows, breathing(WEIGHTS.pauses));
  const features = featuresOf(pieces.flat());
  const { readings } = readMessage(text, at, knows);
  if (readings.length > 0)
    return readings.map(
      ({ kind, status, act, p }) =>
        `${kind} ${status} ${act ?? ''} ${p ?? ''}: ${reasonsFor(WEIGHTS, features, kind).join(' · ')}`,
    );
  const { verdicts } = judge(WEIGHTS, pieces.flat());
  const nearest = verdicts.reduce((one, other) => (other.p > one.p ? other : one));
  const silent = parts.flatMap((part) =>
    segmentsOf(part.tokens, part.plain.length).flatMap((segment) => silenceOf(segment, at.today) ?? []),
  );
  return [
    `nothing; nearest ${nearest.kind} ${nearest.p.toFixed(3)}: ${reasonsFor(WEIGHTS, features, nearest.kind).join(' · ')}`,
    ...silent.map((name) => `silent: ${name}`),
  ];
}

/** The readings of a message, in the order of the text. Pure; an empty list means nothing to record. */
export function read(text: string, at: ReadAt, knows: ReaderKnows): Reading[] {
  return readMessage(text, at, knows).readings;
}

/**
 * An answer in words to the open questions of `draft` (a reading of status `needs_detail`): 「是昨天」「王小明和李雨」「两次」. Returns
 * the draft with the answers, `done` when no question is left; undefined if the words answer nothing.
 */
export function completeDraft(draft: Reading, text: string, at: ReadAt, knows: ReaderKnows): Reading | undefined {
  return completed(draft, normalise(text.slice(0, TOO_LONG)), at, nameRosterOf(knows));
}
