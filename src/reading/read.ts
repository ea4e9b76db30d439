import type { Ymd } from '../plan/dates.ts';
import { completed } from './answers/complete.ts';
import { correctionOf } from './fields/correct.ts';
import { readingsOf } from './fields/readings.ts';
import { together } from './fields/together.ts';
import { explained, inOrder } from './fields/when.ts';
import { banded } from './judge/bands.ts';
import { draftsOf } from './judge/drafts.ts';
import { type Features, featuresOf } from './judge/features.ts';
import { askedOf, named } from './judge/hearing.ts';
import { looksLikeReport } from './judge/leftover.ts';
import { judge, type Weights } from './judge/model.ts';
import { isNotice } from './judge/notice.ts';
import { asksSomebody } from './judge/question.ts';
import { piecesOf } from './judge/symbols.ts';
import { unusedIn } from './judge/unused.ts';
import { WEIGHTS } from './judge/weights.ts';
import { reasonsFor } from './judge/why.ts';
import { withoutAddressed } from './structure/addressed.ts';
import { segmentsOf } from './structure/clauses.ts';
import { type Pauses, paused } from './structure/pauses.ts';
import { type Stretch, stretchesOf } from './structure/stretches.ts';
import { normalise } from './text/normalise.ts';
import { repaired } from './tokens/repair.ts';
import { type Roster, rosterOf } from './tokens/roster.ts';
import { type Token, tokenise } from './tokens/tokens.ts';
import type { ReadAt, ReaderKnows, Reading } from './types.ts';

/** What one message holds: readings, and what the reader could not place. */
export interface Message {
  readings: Reading[];
  /** Text that looks like a report but could not be understood: worth one helpful card. */
  leftover?: string;
  /** Nothing to record and nothing to answer (thanks, praise, small talk). */
  chatter: boolean;
}

// The steps, each in a file of its own and each pure:
//   normalise   one way of writing signs
//   tokens      words, dates, counts and names with their place (dates, spots, name-at; misheard finds what is misspelt)
//   correct     is the last record mended or withdrawn? · notice: is it somebody's circular?
//   clauses     stretches about one activity each (hits, pairs, whom, stands: which words name one)
//   drafts      what is said of one activity (belongs, shared), with its mood: done, meant, denied, asked, told by
//               others (mood, foreign, others, question)
//   readings    status (mentioned: or only spoken of, or not understood), dates (when, dated), counts, who, pupils, where
//               (at-home), and what only some kinds have (extras, donation, items, secondment, attendance); per-pupil and
//               per-school part what is one's alone
// What words mean stands in tables/: a word that is not understood is most often only missing there.
const TOO_LONG = 4000;

/**
 * Reads one message as of when it was written. Never throws.
 * `readings` is empty when nothing was reported; then `leftover` tells a clumsy report from `chatter`.
 */
export function readMessage(text: string, at: ReadAt, knows: ReaderKnows, weights: Weights = WEIGHTS): Message {
  const plain = normalise(text.slice(0, TOO_LONG));
  const roster = rosterOf(knows);
  const tokens = tokenise(plain, roster);
  const parts = stretchesOf(plain, tokens, roster).map((stretch) =>
    partOf(stretch, plain, tokens, roster, at.today, weights.pauses),
  );
  const pieces = parts.map((part) => piecesOf(part.plain, part.tokens, roster, at.today));
  const opinion = judge(weights, pieces.flat());
  const sure = (readings: Reading[]) => {
    const unused = parts.flatMap((part) => unusedIn(part.tokens, readings, at.today, roster));
    const said = parts.flatMap((part) => part.tokens);
    return banded({ plain, readings, opinion, tokens: said, unused, roster, today: at.today });
  };
  const correction = correctionOf(plain, tokens, at, roster);
  if (correction) return { readings: sure([correction]), chatter: false };
  if (parts.length === 1 && (isNotice(plain, tokens) || asksSomebody(plain, tokens))) {
    const asked = askedOf(opinion, plain);
    return asked ? { readings: [asked], chatter: false } : { readings: [], chatter: true };
  }
  let first = 0;
  const found = parts.flatMap((part, k) => {
    const hearing = { opinion, pieces: pieces[k]!, first };
    first += pieces[k]!.length;
    const segments = named(hearing, segmentsOf(part.tokens, part.plain.length));
    const readings = readingsOf(
      draftsOf(segments, at.today, hearing, knows.sender?.name),
      part.plain,
      at,
      roster,
      hearing,
    );
    const [only, more] = readings;
    return only && !more && part.note ? [{ ...only, note: part.note }] : readings;
  });
  const readings = sure(parts.length > 1 ? together(found) : found);
  if (readings.length > 0) return { readings, chatter: false };
  const asked = askedOf(opinion, plain);
  if (asked) return { readings: [asked], chatter: false };
  if (!parts.some((part) => looksLikeReport(part.tokens, part.plain))) return { readings, chatter: true };
  return { readings, leftover: plain, chatter: false };
}

/** A stretch with its pauses and its tokens, without whom it is addressed to and what was taken back. */
function partOf({ text, note }: Stretch, plain: string, tokens: Token[], roster: Roster, today: Ymd, pauses: Pauses) {
  const said = text === plain ? tokens : tokenise(text, roster);
  const breathed = paused(text, said, pauses);
  const own = breathed === text ? said : tokenise(breathed, roster);
  return {
    plain: breathed,
    note,
    tokens: inOrder(explained(repaired(withoutAddressed(own, breathed)), breathed, today)),
  };
}

/** What the judge weighs of a text. */
export function weighed(text: string, at: ReadAt, knows: ReaderKnows, pauses: Pauses): Features {
  const plain = normalise(text.slice(0, TOO_LONG));
  const roster = rosterOf(knows);
  const tokens = tokenise(plain, roster);
  const parts = stretchesOf(plain, tokens, roster).map((stretch) =>
    partOf(stretch, plain, tokens, roster, at.today, pauses),
  );
  return featuresOf(parts.flatMap((part) => piecesOf(part.plain, part.tokens, roster, at.today)));
}

/** For each reading what weighed most for its kind, and how sure it is: what `read --why` prints. */
export function whyOf(text: string, at: ReadAt, knows: ReaderKnows): string[] {
  const features = weighed(text, at, knows, WEIGHTS.pauses);
  return readMessage(text, at, knows).readings.map(
    ({ kind, status, act, p }) =>
      `${kind} ${status} ${act ?? ''} ${p ?? ''}: ${reasonsFor(WEIGHTS, features, kind).join(' · ')}`,
  );
}

/** The readings of a message, in the order in which they are said. Pure; an empty list means nothing to record. */
export function read(text: string, at: ReadAt, knows: ReaderKnows): Reading[] {
  return readMessage(text, at, knows).readings;
}

/**
 * An answer in words to what `draft` (a reading of status `needs_detail`) still asks: 「是昨天」「王小明和李雨」「两次」.
 * The draft with what was answered, `done` when nothing is left to ask; undefined when the words answer nothing.
 */
export function completeDraft(draft: Reading, text: string, at: ReadAt, knows: ReaderKnows): Reading | undefined {
  return completed(draft, normalise(text.slice(0, TOO_LONG)), at, rosterOf(knows));
}
