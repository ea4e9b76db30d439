import { withoutAddressed } from './addressed.ts';
import { segmentsOf } from './clauses.ts';
import { completed } from './complete.ts';
import { correctionOf } from './correct.ts';
import { draftsOf } from './drafts.ts';
import { looksLikeReport } from './leftover.ts';
import { normalise } from './normalise.ts';
import { isNotice } from './notice.ts';
import { asksSomebody } from './question.ts';
import { readingsOf } from './readings.ts';
import { repaired } from './repair.ts';
import { rosterOf } from './roster.ts';
import { tokenise } from './tokens.ts';
import type { ReadAt, ReaderKnows, Reading } from './types.ts';
import { inOrder } from './when.ts';

/** What one message holds: readings, and what the reader could not place. */
export interface Message {
  readings: Reading[];
  /** Text that looks like a report but could not be understood: worth one helpful card. */
  leftover?: string;
  /** Nothing to record and nothing to answer (thanks, praise, small talk). */
  chatter: boolean;
}

/** Asked about text that the reader leaves, where a programme wants a model beside it; nothing is asked by default. */
export type AskModel = (leftover: string, at: ReadAt, knows: ReaderKnows) => Reading[];

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
export function readMessage(text: string, at: ReadAt, knows: ReaderKnows, askModel?: AskModel): Message {
  const plain = normalise(text.slice(0, TOO_LONG));
  const roster = rosterOf(knows);
  const tokens = tokenise(plain, roster);
  const correction = correctionOf(plain, tokens, at, roster);
  if (correction) return { readings: [correction], chatter: false };
  if (isNotice(plain, tokens) || asksSomebody(plain, tokens)) return { readings: [], chatter: true };
  const clear = inOrder(repaired(withoutAddressed(tokens, plain)));
  const readings = readingsOf(draftsOf(segmentsOf(clear, plain.length), at.today), plain, at, roster);
  if (readings.length > 0) return { readings, chatter: false };
  if (!looksLikeReport(clear, plain)) return { readings, chatter: true };
  const asked = askModel?.(plain, at, knows) ?? [];
  return { readings: asked, leftover: asked.length > 0 ? undefined : plain, chatter: false };
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
