import type { Ymd } from '../plan/dates.ts';
import { completed } from './answers/complete.ts';
import { type AllNames, type Masked, masked } from './answers/masked.ts';
import {
  apart,
  dayOfAll,
  fromAfter,
  inParts,
  ledBy,
  ofHeading,
  repeats,
  withoutMissed,
  withoutSum,
} from './fields/among.ts';
import { withContent } from './fields/content.ts';
import { correctionOf } from './fields/correct.ts';
import { forAll } from './fields/for-all.ts';
import { readingsOf } from './fields/readings.ts';
import { unusedIn } from './fields/unused.ts';
import { banded } from './judge/bands.ts';
import { decided, judged, type Opinion, reasonsFor, type Way } from './judge/judge.ts';
import type { Ground, Weighed } from './judge/sure.ts';
import { bestWay } from './judge/ways.ts';
import { WEIGHTS, type Weights } from './judge/weights.ts';
import { type Script, scriptOf } from './structure/pieces.ts';
import { normalise, withoutCopies } from './text/normalise.ts';
import { has } from './tokens/is.ts';
import { referred, repaired, terse, withoutAddressed, withoutTakenBack } from './tokens/repair.ts';
import { type NameRoster, nameRosterOf } from './tokens/roster.ts';
import { type Token, tokenise } from './tokens/tokens.ts';
import { explained, inOrder } from './tokens/when.ts';
import type { Heard, ReadAt, ReaderKnows, Reading } from './types.ts';

/** The readings of one message, and the text that the reader could not place. */
export interface MessageRead {
  readings: Reading[];
  /** Text that looks like a report but was not understood: worth one helpful card. */
  leftover?: string;
  /** Nothing to record or answer (thanks, praise, small talk). */
  chatter: boolean;
}

// The steps, each in a room of its own and each pure:
//   text       one spelling for each character
//   tokens     words, dates, counts and names with their positions
//   structure  the pieces of a message, each about one activity at most, with placeholders for names, dates and counts
//   judge      which pieces tell an activity and of which kind; its status and the role of each token; how sure that is
//   fields     the readings: when, who, where, how many, and what only some kinds have
const TOO_LONG = 4000;

/** A message cut into tokens and pieces. */
interface Message {
  text: string;
  said: Token[];
  script: Script;
  roster: NameRoster;
  today: Ymd;
}

/** A message as the judge sees it: also for training. */
export function saidIn(message: string, { today }: ReadAt, knows: ReaderKnows): Message {
  const text = withoutCopies(normalise(message.slice(0, TOO_LONG)));
  const roster = nameRosterOf(knows);
  const said = tokenise(text, roster);
  const meant = withoutTakenBack(text, said);
  const left = meant === text ? said : tokenise(meant, roster);
  const ours = terse(repaired(withoutAddressed(left, meant)), meant);
  const tokens = inOrder(explained(referred(ours, meant, knows.sender?.name), meant, today));
  return { text, said, roster, today, script: scriptOf(meant, tokens, roster, today) };
}

/** What a message tells, before the act of each reading is decided, and the chance that it is divided well. */
export function heardIn(message: Message, at: ReadAt, weights: Weights, heard: Heard[] = []) {
  const best = bestWay(groundsOf(message, at, weights, heard), weights.ways);
  return { ...best, made: withContent(best.made, best.script, weights.table) };
}

/** How many different results are compared. */
const MOST_RESULTS = 4;

/**
 * The distinct results of the likeliest ways to divide a message, likeliest first. If the first reports something, results without a
 * reading are dropped: comparing results decides how a message is divided, not whether it is a report.
 */
export function groundsOf(message: Message, at: ReadAt, weights: Weights, heard: Heard[] = []): Ground[] {
  const opinion = judged(message.script, weights, heard);
  const grounds = new Map<string, Ground>();
  for (const way of opinion.ways) {
    const ground = groundOf(message, at, weights, opinion, way);
    const told = JSON.stringify(ground.made.map(({ reading }) => reading));
    if (!grounds.has(told)) grounds.set(told, ground);
    if (grounds.size === MOST_RESULTS) break;
  }
  const all = [...grounds.values()];
  return all[0]!.made.length > 0 ? all.filter(({ made }) => made.length > 0) : all;
}

function groundOf(
  { text, said, script, roster, today }: Message,
  at: ReadAt,
  weights: Weights,
  opinion: Opinion,
  way: Way,
): Ground {
  const made: Weighed[] = [];
  for (const span of way.spans) {
    const before = made.at(-1)?.reading;
    const activity = decided(script, { ...span, before }, weights);
    if (span.kind !== 'same_as_last') made.push(...readingsOf(activity, { script, roster, at, before }));
    else if (activity.choices.status.value === 'cancel')
      made.push({ reading: WITHDRAWAL, activity, chances: [activity.choices.status.p] });
    else {
      const reading = correctionOf(text, said, at, roster);
      if (reading) made.push({ reading, activity, chances: [activity.choices.status.p] });
    }
  }
  const filled = fromAfter(
    made.map(({ reading }) => reading),
    made.map(({ open }) => open ?? []),
  );
  const told = ofHeading(apart(dayOfAll(forAll(filled, script), script, today)), script, roster);
  const readings = inParts(withoutMissed(withoutSum(ledBy(told, script, roster), script)));
  const all = made.flatMap((one, k) => (readings[k] ? [{ ...one, reading: readings[k] }] : []));
  return {
    script,
    opinion,
    way,
    made: all.filter((one, k) => !all.slice(0, k).some(({ reading }) => repeats(reading, one.reading))),
    unused: unusedIn(
      script,
      all.map(({ reading }) => reading),
      today,
      roster,
    ),
  };
}

const WITHDRAWAL: Reading = { kind: 'same_as_last', status: 'cancel', target: 'last_record' };

/** From this chance on a message that tells nothing else looks like a report: a card asks what was meant. */
const ALMOST = 0.2;
const almost = ({ expected }: Opinion): boolean => expected.some(({ n }) => n > ALMOST);
/** 昨天去了万佑: a day at the other school, without what was done there. */
const visited = ({ tokens }: Script, { partners }: NameRoster): boolean =>
  tokens.some(({ date }) => date?.said === 'day' && date.offset <= 0) &&
  tokens.some((token) => has(token, 'goto')) &&
  tokens.some(({ named }) => named?.schools.some((name) => partners.includes(name))) &&
  tokens.some((token) => /了/u.test(token.text)) &&
  !tokens.some((token) => token.text === '?' || has(token, 'ask', 'you', 'hearsay', 'condition', 'negation', 'failed'));

/**
 * Reads one message as of when it was written. Never throws. `readings` is empty if nothing was reported; `leftover` then distinguishes an
 * unclear report from `chatter`. What a second opinion has `heard` must be confirmed and is never recorded directly.
 */
export function readMessage(
  message: string,
  at: ReadAt,
  knows: ReaderKnows,
  weights: Weights = WEIGHTS,
  heard: Heard[] = [],
): MessageRead {
  const told = saidIn(message, at, knows);
  const ground = heardIn(told, at, weights, heard);
  const { roster, today } = told;
  const readings = banded({ ...ground, roster, today, seconded: heard.length > 0 }, weights.sure);
  if (readings.length > 0) return { readings, chatter: false };
  return almost(ground.opinion) || visited(told.script, roster)
    ? { readings, leftover: told.text, chatter: false }
    : { readings, chatter: true };
}

/** The readings of a message, in the order of the text. Pure; an empty list means nothing to record. */
export function read(text: string, at: ReadAt, knows: ReaderKnows): Reading[] {
  return readMessage(text, at, knows).readings;
}

/** Between these chances it is open whether a message tells an activity. */
const OPEN = { from: 0.004, to: 0.85 };

/** The sentences that the judge is unsure about: only these go to a second opinion. */
export function doubtsIn(text: string, at: ReadAt, knows: ReaderKnows): string {
  const { script } = saidIn(text, at, knows);
  const { pieces } = script;
  const starts = pieces.flatMap(({ opens }, k) => (k === 0 || opens === 'line' || opens === 'sentence' ? [k] : []));
  const chances = judged(script, WEIGHTS).begun;
  return starts
    .map((from, k) => ({ from, to: starts[k + 1] ?? pieces.length }))
    .filter(({ from, to }) => {
      const n = chances.slice(from, to).reduce((sum, p) => sum + p, 0);
      return n > OPEN.from && Math.abs(n - Math.round(n)) > Math.min(OPEN.from, 1 - OPEN.to);
    })
    .map(({ from, to }) => script.text.slice(pieces[from]!.start, pieces[to - 1]!.end).trim())
    .join('\n');
}

/** A text with placeholders for names, for readers outside the program. */
export function maskedText(plain: string, knows: ReaderKnows, all: AllNames): Masked {
  return masked(plain, nameRosterOf(knows), all);
}

/** For each reading what weighed most for its kind and how sure it is; for a message without readings the nearest kind. */
export function whyOf(text: string, at: ReadAt, knows: ReaderKnows): string[] {
  const { script } = saidIn(text, at, knows);
  const { ways, expected } = judged(script, WEIGHTS);
  const { readings } = readMessage(text, at, knows);
  if (readings.length > 0)
    return readings.map(({ kind, status, act, p }) => {
      const span = ways[0]!.spans.find((one) => one.kind === kind) ?? { kind, from: 0, to: script.pieces.length };
      return `${kind} ${status} ${act ?? ''} ${p ?? ''}: ${reasonsFor(WEIGHTS, script, span).join(' · ')}`;
    });
  const nearest = expected.reduce((one, other) => (other.n > one.n ? other : one));
  const reasons = reasonsFor(WEIGHTS, script, { kind: nearest.kind, from: 0, to: script.pieces.length });
  return [`nothing; nearest ${nearest.kind} ${nearest.n.toFixed(3)}: ${reasons.join(' · ')}`];
}

/**
 * An answer in words to the open questions of `draft` (a reading of status `needs_detail`): 「是昨天」「王小明和李雨」「两次」. Returns
 * the draft with the answers, `done` when no question is left; undefined if the words answer nothing.
 */
export function completeDraft(draft: Reading, text: string, at: ReadAt, knows: ReaderKnows): Reading | undefined {
  return completed(draft, normalise(text.slice(0, TOO_LONG)), at, nameRosterOf(knows));
}
