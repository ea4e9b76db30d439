import type { ActivityKind } from '../../plan/activity.ts';
import type { Ymd } from '../../plan/dates.ts';
import type { Segment } from '../structure/clauses.ts';
import { resolve } from '../tokens/calendar.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading, ReadingStatus } from '../types.ts';
import type { ActivityDraft } from './drafts.ts';
import type { Opinion } from './model.ts';
import type { Mood } from './mood.ts';
import { ofOthers, possible } from './rules.ts';
import type { Piece } from './symbols.ts';

/** The judge's opinion on one stretch of a message, queried by its segments. */
export interface Hearing {
  opinion: Opinion;
  /** The pieces of this stretch, and the index of the first among those of the message. */
  pieces: Piece[];
  first: number;
}

/** Below the first value, a kind that words seem to name is dropped; above the second, a stretch is heard that rules would drop. */
const NOTHING = 0.02;
const SOMETHING = 0.5;
const LIKELY = 0.7;
const CERTAIN = 0.85;

function piecesAt({ pieces, first }: Hearing, segments: { start: number; end: number }[]): number[] {
  return pieces.flatMap((piece, k) =>
    segments.some((segment) => piece.start < segment.end && segment.start < piece.end) ? [first + k] : [],
  );
}

/** The chance that a draft is a report of its kind. */
export function chanceOf(hearing: Hearing, draft: ActivityDraft): number {
  return hearing.opinion.chanceAt(draft.kind, piecesAt(hearing, draft.segments));
}

export const isNothing = (p: number) => p >= 0 && p < NOTHING;
export const isSomething = (p: number) => p > SOMETHING;

/** The status of a draft by rule and by judge: the judge decides if it is certain. A denied activity is never heard as done. */
export function heardStatus(
  hearing: Hearing,
  draft: ActivityDraft,
  ruled: ReadingStatus,
  today: Ymd,
): { status: ReadingStatus; p: number } {
  const named = draft.segments.filter((segment) => segment.kind);
  const said = hearing.opinion.statusAt(draft.kind, piecesAt(hearing, named.length > 0 ? named : draft.segments));
  const first = said[0]!;
  const open =
    first.status === 'done' || first.status === 'planned' || first.status === 'not_done' || first.status === 'question';
  const enough = ruled === 'planned' && first.status === 'done' && eitherSide(draft, today) ? LIKELY : CERTAIN;
  if (
    open &&
    first.status !== ruled &&
    first.p > enough &&
    possible(first.status, draft, today) &&
    chanceOf(hearing, draft) > 0.3
  )
    return first;
  return said.find(({ status }) => status === ruled) ?? { status: ruled, p: 0 };
}

/** 周六去小杰家: only the way of telling decides whether the day is past or future. */
function eitherSide({ tokens, moods }: ActivityDraft, today: Ymd): boolean {
  if (moods.some((mood) => mood.intended || mood.replanned) || tokens.some((token) => has(token, 'tomorrow')))
    return false;
  const said = tokens.filter((token) => token.date);
  const days = (token: Token, tense: 'past' | 'open') => resolve(token.date!, today, tense).days;
  return (
    said.length > 0 &&
    said.every((token) => days(token, 'past').some((day) => day <= today)) &&
    said.some((token) => days(token, 'open').some((day) => day > today))
  );
}

/** A stretch about others, or about an intention, unless the judge hears a report in it. */
export function heardMood(hearing: Hearing, segment: Segment, mood: Mood): Mood {
  if (!mood.foreign || segment.kind === undefined || segment.tokens.some(ofOthers)) return mood;
  return isSomething(hearing.opinion.chanceAt(segment.kind, piecesAt(hearing, [segment])))
    ? { ...mood, foreign: false }
    : mood;
}

/** Above this, something was heard without a rule for a reading: a card asks what was meant. */
const ALMOST = 0.3;
export const almostHeard = ({ verdicts }: Opinion): boolean => verdicts.some(({ p }) => p > ALMOST);

const ASKS = /[?吗呢]|几|多少|哪|怎么|是否|能否|可否|要不要|算不算|是不是|请问|想问/u;

/** A question about the account that no rule finds. */
export function questionHeard({ verdicts, statusAt }: Opinion, plain: string): Reading | undefined {
  const best = verdicts.reduce((one, other) => (other.p > one.p ? other : one));
  const [first] = statusAt(best.kind, []);
  if (best.kind === 'same_as_last' || first?.status !== 'question') return undefined;
  const enough = ASKS.test(plain) ? SOMETHING / 2 : SOMETHING;
  return best.p * first.p > enough ? { kind: best.kind, status: 'question' } : undefined;
}

/** Below this a kind gives way to another that is heard in its place. */
const HARDLY = 0.3;

/** The kind that is heard in these pieces and that no segment names. */
function instead({ opinion }: Hearing, pieces: number[], segments: Segment[]): ActivityKind | undefined {
  const heard = opinion.verdicts.filter(
    ({ kind, p, piece }) =>
      kind !== 'same_as_last' &&
      p > SOMETHING &&
      pieces.includes(piece) &&
      !segments.some((segment) => segment.kind === kind),
  );
  const best = heard.reduce<(typeof heard)[number] | undefined>(
    (one, other) => (one && one.p >= other.p ? one : other),
    undefined,
  );
  return best?.kind as ActivityKind | undefined;
}

/** Segments without a word for the kind that the judge hears get that kind; those whose words only seem to name one lose it. */
export function named(hearing: Hearing, segments: Segment[]): Segment[] {
  const { verdicts } = hearing.opinion;
  const missing = verdicts.filter(
    ({ kind, p, piece }) =>
      kind !== 'same_as_last' &&
      p > SOMETHING &&
      piece >= hearing.first &&
      piece < hearing.first + hearing.pieces.length &&
      !segments.some((segment) => segment.kind === kind),
  );
  let out = segments.map((segment) => {
    if (
      segment.office ||
      segment.kind === undefined ||
      segment.tokens.some((token) => has(token, 'negation', 'failed'))
    )
      return segment;
    const at = piecesAt(hearing, [segment]);
    const own = hearing.opinion.chanceAt(segment.kind, at);
    const rather = own < HARDLY ? instead(hearing, at, segments) : undefined;
    if (rather) return { ...segment, kind: rather, heard: true as const };
    return isNothing(own) ? { ...segment, kind: undefined, hit: undefined } : segment;
  });
  for (const { kind, piece } of missing) {
    if (kind === 'same_as_last') continue;
    const { start, end } = hearing.pieces[piece - hearing.first]!;
    const at = out.findIndex(
      (segment) =>
        segment.kind === undefined &&
        segment.tokens.length > 0 &&
        segment.start < end &&
        start < segment.end &&
        // 听课2节, 已评: the discussion is no paper.
        !(kind === 'document' && segment.tokens.every((token) => has(token, 'evaluate', 'negation', 'all', 'aspect'))),
    );
    if (at >= 0)
      out = out.map((segment, k) =>
        k === at
          ? { ...segment, kind, hit: { first: 0, last: segment.tokens.length - 1 }, heard: true as const }
          : segment,
      );
  }
  return out;
}
