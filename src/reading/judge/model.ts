import type { Pauses } from '../structure/pauses.ts';
import { along, type FeatureNames, ROOT } from '../tokens/feature-names.ts';
import type { Reading, ReadingStatus } from '../types.ts';
import { messageFeatures, pieceFeatures, type Spelling } from './features.ts';
import type { Sure } from './sure.ts';
import type { Piece } from './symbols.ts';

/**
 * The kinds that a stretch can report, in the order of the weights; a roster is imported, not reported. A new kind does not compile
 * without its place.
 */
export const HEARD_KINDS = Object.keys({
  demo_lesson: true,
  observe: true,
  home_visit: true,
  talk: true,
  study_guidance: true,
  lecture: true,
  donation: true,
  secondment: true,
  joint_prep: true,
  training: true,
  exchange: true,
  exam: true,
  research: true,
  document: true,
  meeting: true,
  same_as_last: true,
} satisfies Record<Exclude<Reading['kind'], 'care_roster'>, true>) as Reading['kind'][];
/** `needs_detail` is a finished activity with missing details. */
export const HEARD_STATUSES: readonly ReadingStatus[] = [
  'done',
  'planned',
  'not_done',
  'question',
  'correction',
  'cancel',
];

/** Weights by feature: a value for each kind, then one for each status. */
export interface Weights {
  names: FeatureNames;
  /** The index of each feature's first cell; its cells end at the next feature's first. */
  starts: Int32Array;
  /** The kind or status of a cell, and its weight. */
  columns: Uint8Array;
  cells: Float32Array;
  /** The bias of each status, by kind. */
  lean: number[][];
  /** The weights for a speaker's pauses. */
  pauses: Pauses;
  /** The weights of signs that a reading is right. */
  sure: Sure;
}

export const WIDTH = HEARD_KINDS.length + HEARD_STATUSES.length;

/** The judge's opinion on one kind: the chance that the message reports it, and the strongest piece for it. */
export interface Verdict {
  kind: Reading['kind'];
  p: number;
  piece: number;
}

/** A message weighed as a whole and piece by piece. */
export interface Opinion {
  verdicts: Verdict[];
  /** The chance that these pieces report a kind; -1 if there are none. */
  chanceAt(kind: Reading['kind'], pieces: number[]): number;
  /** The likelihood of each status for a kind, in the strongest piece for it. */
  statusAt(kind: Reading['kind'], pieces: number[]): { status: ReadingStatus; p: number }[];
}

export const chance = (score: number) => 1 / (1 + Math.exp(-score));

export function judge(weights: Weights, pieces: Piece[]): Opinion {
  const { lean } = weights;
  const sum = summer(weights);
  const whole = sum((by) => messageFeatures(pieces, by));
  const parts = pieces.map((_, k) => sum((by) => pieceFeatures(pieces, k, by)));
  const bestOf = (k: number, among: number[]) => {
    const { best, at } = strongest(
      among.map((piece) => parts[piece]!),
      k,
    );
    return { score: whole[k]! + best, piece: among[at] };
  };
  const all = parts.map((_, piece) => piece);
  return {
    verdicts: HEARD_KINDS.map((kind, k) => {
      const { score, piece } = bestOf(k, all);
      return { kind, p: chance(score), piece: piece ?? 0 };
    }),
    chanceAt: (kind, among) => (among.length === 0 ? -1 : chance(bestOf(HEARD_KINDS.indexOf(kind), among).score)),
    statusAt: (kind, among) => {
      const k = HEARD_KINDS.indexOf(kind);
      const part = parts[bestOf(k, among.length > 0 ? among : all).piece ?? -1];
      const scores = HEARD_STATUSES.map(
        (_, s) => whole[HEARD_KINDS.length + s]! + (part?.[HEARD_KINDS.length + s] ?? 0) + (lean[k]?.[s] ?? 0),
      );
      return softmax(scores)
        .map((p, s) => ({ status: HEARD_STATUSES[s]!, p }))
        .sort((a, b) => b.p - a.p);
    },
  };
}

type Summer = (give: (by: Spelling<number>) => void) => Float32Array;

const SUMMERS = new WeakMap<Weights, Summer>();

/** Adds up the weights of features; a repeated feature counts once. */
function summer(weights: Weights): Summer {
  const known = SUMMERS.get(weights);
  if (known) return known;
  const { names, starts, columns, cells } = weights;
  // For each feature the last sum that used it: one array per set of weights, since it is as long as they are.
  const seen = new Int32Array(starts.length);
  let turn = 0;
  let sum = new Float32Array(WIDTH);
  const by: Spelling<number> = {
    begin: (mark) => along(names, ROOT, mark),
    more: (node, sign) => along(names, node, sign),
    take: (node) => {
      const row = names.ends[node]!;
      if (row < 0 || seen[row] === turn) return;
      seen[row] = turn;
      const end = starts[row + 1]!;
      for (let k = starts[row]!; k < end; k += 1) sum[columns[k]!]! += cells[k]!;
    },
  };
  const add: Summer = (give) => {
    sum = new Float32Array(WIDTH);
    turn += 1;
    give(by);
    return sum;
  };
  SUMMERS.set(weights, add);
  return add;
}

/** The score of a message without pieces: it reports nothing. */
const NOTHING = -3;

export function strongest(parts: ArrayLike<number>[], k: number): { best: number; at: number } {
  let best = Number.NEGATIVE_INFINITY;
  let at = 0;
  for (let p = 0; p < parts.length; p += 1)
    if (parts[p]![k]! > best) {
      best = parts[p]![k]!;
      at = p;
    }
  return { best: parts.length > 0 ? best : NOTHING, at };
}

export function softmax(scores: number[]): number[] {
  const most = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - most));
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => part / sum);
}
