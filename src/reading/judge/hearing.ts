import type { ActivityKind } from '../../plan/activity.ts';
import type { Ymd } from '../../plan/dates.ts';
import type { Segment } from '../structure/clauses.ts';
import { has } from '../tokens/is.ts';
import type { Reading, ReadingStatus } from '../types.ts';
import type { ActivityDraft } from './drafts.ts';
import type { Opinion } from './model.ts';
import type { Mood } from './mood.ts';
import { ofOthers, possible } from './rules.ts';
import type { Piece } from './symbols.ts';

/** The judge's opinion on one stretch of a message, asked about by its segments. */
export interface Hearing {
  opinion: Opinion;
  /** The pieces of this stretch, and the number of the first among those of the message. */
  pieces: Piece[];
  first: number;
}

/** Below this a kind that words seem to name is none; above the other a stretch is heard that rules would leave. */
const NOTHING = 0.02;
const SOMETHING = 0.5;
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

/** The status of a draft by rule and by judge: the judge's where it is certain. What was denied is never heard as done. */
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
  if (
    open &&
    first.status !== ruled &&
    first.p > CERTAIN &&
    possible(first.status, draft, today) &&
    chanceOf(hearing, draft) > 0.3
  )
    return first;
  return said.find(({ status }) => status === ruled) ?? { status: ruled, p: 0 };
}

/** A stretch told by others, or meant and not done, unless the judge hears a report in it. */
export function heardMood(hearing: Hearing, segment: Segment, mood: Mood): Mood {
  if (!mood.foreign || segment.kind === undefined || segment.tokens.some(ofOthers)) return mood;
  return isSomething(hearing.opinion.chanceAt(segment.kind, piecesAt(hearing, [segment])))
    ? { ...mood, foreign: false }
    : mood;
}

const ASKS = /[?吗呢]|几|多少|哪|怎么|是否|能否|可否|要不要|算不算|是不是|请问|想问/u;

/** A question about the account, where no rule finds one. */
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

/** Segments in which no word names what the judge hears get that kind; those whose words only seem to name one lose it. */
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
    if (rather) return { ...segment, kind: rather };
    return isNothing(own) ? { ...segment, kind: undefined, hit: undefined } : segment;
  });
  for (const { kind, piece } of missing) {
    if (kind === 'same_as_last') continue;
    const { start, end } = hearing.pieces[piece - hearing.first]!;
    const at = out.findIndex(
      (segment) =>
        segment.kind === undefined && segment.tokens.length > 0 && segment.start < end && start < segment.end,
    );
    if (at >= 0)
      out = out.map((segment, k) =>
        k === at ? { ...segment, kind, hit: { first: 0, last: segment.tokens.length - 1 } } : segment,
      );
  }
  return out;
}
