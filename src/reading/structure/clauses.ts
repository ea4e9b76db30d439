import type { ActivityKind } from '../../plan/activity.ts';
import { has, isPerson, isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { hitsIn } from './hits.ts';

/** A stretch of text about at most one activity. `hit` are indexes into `tokens`. */
export interface Segment {
  tokens: Token[];
  start: number;
  end: number;
  /** The index of its sentence in the message. */
  sentence: number;
  kind?: ActivityKind;
  hit?: { first: number; last: number };
  /** It ends with a question mark. */
  asked: boolean;
  /** Only the judge heard its kind: no word names it. */
  heard?: true;
  /** In the style of an office report: its kind is beyond doubt. */
  office?: true;
}

/** Cuts tokens at sentence ends, at commas, and between two activities that share a clause. */
export function segmentsOf(tokens: Token[], length: number): Segment[] {
  const segments: Segment[] = [];
  let clause: Token[] = [];
  let start = 0;
  let sentence = 0;
  const close = (end: number, asked: boolean) => {
    segments.push(...cutByKind(clause, { start, end, sentence, asked }, tokens));
    clause = [];
    start = end + 1;
  };
  for (const token of tokens) {
    if (token.type !== 'stop' && token.type !== 'comma') clause.push(token);
    else {
      close(token.start, token.text === '?');
      if (token.type === 'stop') sentence += 1;
    }
  }
  close(length, false);
  return segments.filter((segment) => segment.tokens.length > 0 || segment.end > segment.start);
}

function cutByKind(
  clause: Token[],
  whole: Pick<Segment, 'start' | 'end' | 'sentence' | 'asked'>,
  all: Token[],
): Segment[] {
  const { start, end, sentence, asked } = whole;
  const hits = hitsIn(clause, all);
  const segments: Segment[] = [];
  let from = 0;
  let at = start;
  for (let k = 0; k < Math.max(1, hits.length); k += 1) {
    const hit = hits[k];
    const next = hits[k + 1];
    const cut = hit && next ? cutBetween(clause, hit.last, next.first, from) : clause.length;
    const stop = cut < clause.length ? clause[cut]!.start : end;
    segments.push({
      tokens: clause.slice(from, cut),
      start: at,
      end: stop,
      sentence,
      kind: hit?.kind,
      hit: hit && { first: hit.first - from, last: hit.last - from },
      asked: asked && !next,
    });
    from = cut;
    at = stop;
  }
  return segments;
}

/**
 * Where the second activity of a clause begins: at the first word after the first one that opens a new thought (然后, 给…, a date);
 * otherwise counts stay with the kind before them, unless the first kind has its count in front.
 */
function cutBetween(clause: Token[], last: number, first: number, from: number): number {
  for (let k = last + 1; k < first; k += 1) {
    const token = clause[k]!;
    if (has(token, 'next', 'late')) return k;
    if (
      has(token, 'to', 'goto', 'together', 'me') &&
      clause
        .slice(k, first)
        .some((other) => other.type === 'name' || has(other, 'kin', 'pupil', 'own', 'partner', 'everyone'))
    )
      return k;
    // 小方上了2节，我同一天听了1节.
    if (token.text === '我' && first - k <= 2 && !has(clause[k - 1]!, 'to', 'together') && !clause[k - 1]!.verbs?.size)
      return k;
    if (isPupil(token) && clause[k + 1]?.date && clause[k + 1]!.start === token.end) return k;
    if (token.type === 'date' || has(token, 'afternoon')) return k;
    if (isPerson(token) && !has(clause[k - 1]!, 'together', 'to')) return k;
  }
  const counted = clause.slice(from, last).some((token) => token.type === 'count' && token.count?.unit === 'times');
  const between = clause.findIndex((token, k) => k > last && k < first && token.type === 'count');
  return counted && between > 0 ? between : first;
}
