import { KINDS } from './classes.ts';

// The columns of a piece: what it does (no activity; begins another kind; begins the same kind again; goes on), then the kinds.
export const NONE = 0;
export const BEGIN = 1;
export const AGAIN = 2;
export const ON = 3;
export const KIND0 = 4;
export const PIECE_WIDTH = KIND0 + KINDS.length;

/** The scores of a message: a row for each piece, one for the message, and for each kind after another (first row: after none). */
export interface Scores {
  pieces: Float32Array[];
  message: Float32Array;
  turn: Float32Array;
}

/** A run of pieces that tells one activity. */
export interface Run {
  kind: number;
  from: number;
  to: number;
}

/** The score of beginning an activity of kind `k` at a piece, after one of kind `from` (-1 for none). */
export function beginning({ message, turn }: Scores, row: Float32Array, from: number, k: number): number {
  return from === k
    ? row[AGAIN]! + row[KIND0 + k]! + message[AGAIN]!
    : row[BEGIN]! + row[KIND0 + k]! + message[BEGIN]! + message[KIND0 + k]! + turn[(from + 1) * KINDS.length + k]!;
}
export const goingOn = (row: Float32Array, k: number): number => row[ON]! + row[KIND0 + k]!;
export const telling = ({ message }: Scores, row: Float32Array, first: boolean): number =>
  row[NONE]! + (first ? message[NONE]! : 0);

/** The kinds worth trying in a message, the likeliest of all. */
const MOST = 5;
export function kindsToTry({ pieces, message }: Scores): number[] {
  const best = KINDS.map(
    (_, k) => pieces.reduce((most, row) => Math.max(most, row[KIND0 + k]!), -99) + message[KIND0 + k]!,
  );
  return KINDS.map((_, k) => k)
    .sort((a, b) => best[b]! - best[a]!)
    .slice(0, MOST);
}

/** One way to divide the pieces into activities, and its score. */
export interface Division {
  runs: Run[];
  score: number;
}

/** A way as far as one piece: its state (0 outside, else the kind) and what it did there. */
interface Path {
  state: number;
  score: number;
  on: boolean;
  before?: Path;
}

/** The likeliest ways to divide the pieces into activities of these kinds, the best first. */
export function divisions(scores: Scores, kinds: number[], most: number): Division[] {
  const size = kinds.length + 1;
  let paths: Path[] = [{ state: 0, score: 0, on: false }];
  scores.pieces.forEach((row, i) => {
    const next: Path[][] = Array.from({ length: size }, () => []);
    const none = telling(scores, row, i === 0);
    for (const path of paths) {
      offer(next[0]!, path.score + none, 0, false, path, most);
      kinds.forEach((k, s) => {
        const state = s + 1;
        const from = path.state === 0 ? -1 : kinds[path.state - 1]!;
        if (path.state === state) offer(next[state]!, path.score + goingOn(row, k), state, true, path, most);
        offer(next[state]!, path.score + beginning(scores, row, from, k), state, false, path, most);
      });
    }
    paths = next.flat();
  });
  return paths
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map((path) => ({ runs: runsOf(path, kinds, scores.pieces.length), score: path.score }));
}

/** Puts a path in its place among the best. */
function offer(best: Path[], score: number, state: number, on: boolean, before: Path, most: number): void {
  if (best.length === most && score <= best[most - 1]!.score) return;
  if (best.length === most) best.pop();
  let at = best.length;
  while (at > 0 && best[at - 1]!.score < score) at -= 1;
  best.splice(at, 0, { state, score, on, before });
}

function runsOf(last: Path, kinds: number[], pieces: number): Run[] {
  const runs: Run[] = [];
  let to = pieces;
  let i = pieces - 1;
  for (let path: Path | undefined = last; path?.before; path = path.before) {
    if (!path.on) {
      if (path.state > 0) runs.unshift({ kind: kinds[path.state - 1]!, from: i, to });
      to = i;
    }
    i -= 1;
  }
  return runs;
}

/** A step at a piece: the kind after it (-1 for none), what it does, the kind before it, and the chance of it. */
export interface Visit {
  piece: number;
  kind: number;
  act: number;
  from: number;
  p: number;
}

const UNLIKELY = 0.002;

/** The chance of every step, over all ways to divide the pieces into activities of these kinds. */
export function visits(scores: Scores, kinds: number[]): Visit[] {
  const { pieces } = scores;
  const size = kinds.length + 1;
  const kindOf = (state: number) => (state === 0 ? -1 : kinds[state - 1]!);
  const alpha = [new Float64Array(size).fill(Number.NEGATIVE_INFINITY)];
  alpha[0]![0] = 0;
  const stepScore = (i: number, from: number, to: number): [number, number] => {
    const row = pieces[i]!;
    if (to === 0) return [telling(scores, row, i === 0), Number.NEGATIVE_INFINITY];
    const k = kindOf(to);
    return [beginning(scores, row, kindOf(from), k), from === to ? goingOn(row, k) : Number.NEGATIVE_INFINITY];
  };
  for (let i = 0; i < pieces.length; i += 1) {
    const next = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    for (let from = 0; from < size; from += 1) {
      if (alpha[i]![from] === Number.NEGATIVE_INFINITY) continue;
      for (let to = 0; to < size; to += 1)
        for (const score of stepScore(i, from, to)) next[to] = logAdd(next[to]!, alpha[i]![from]! + score);
    }
    alpha.push(next);
  }
  const total = alpha.at(-1)!.reduce(logAdd, Number.NEGATIVE_INFINITY);
  const out: Visit[] = [];
  let beta = new Float64Array(size);
  for (let i = pieces.length - 1; i >= 0; i -= 1) {
    const before = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    for (let from = 0; from < size; from += 1) {
      if (alpha[i]![from] === Number.NEGATIVE_INFINITY) continue;
      for (let to = 0; to < size; to += 1)
        stepScore(i, from, to).forEach((score, on) => {
          const p = Math.exp(alpha[i]![from]! + score + beta[to]! - total);
          const act = to === 0 ? NONE : on === 1 ? ON : from === to ? AGAIN : BEGIN;
          if (p > UNLIKELY) out.push({ piece: i, kind: kindOf(to), act, from: kindOf(from), p });
          before[from] = logAdd(before[from]!, score + beta[to]!);
        });
    }
    beta = before;
  }
  return out;
}

export function logAdd(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY) return b;
  if (b === Number.NEGATIVE_INFINITY) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}
