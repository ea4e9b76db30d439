import type { Features } from '../../src/reading/judge/features.ts';
import { HEARD_KINDS, HEARD_STATUSES, strongest, WIDTH } from '../../src/reading/judge/model.ts';

/** A message to learn from: its features, and the kinds it reports with their status. */
export interface Example {
  features: Features;
  wanted: ReadonlyMap<number, number>;
}

/** Weights by feature, one row of `WIDTH` each, and the bias of each status for each kind. */
export interface Learned {
  names: string[];
  values: Float32Array;
  lean: Float32Array;
}

const EPOCHS = 12;
const RATE = 0.1;
const DECAY = 1e-6;
/** Features in fewer messages than this do not generalise. */
const SEEN = 3;
const ENOUGH = 0.02;

interface Row {
  message: Int32Array;
  pieces: Int32Array[];
  wanted: ReadonlyMap<number, number>;
}

/**
 * Fits a linear model to the examples: for each kind, whether the message reports it, by its strongest piece; for each reported
 * kind, its status there. The same examples give the same bytes: its only randomness is a shuffle with a fixed seed.
 */
export function learn(examples: Example[]): Learned {
  const { names, rows } = numbered(examples);
  const size = names.length * WIDTH;
  const weights = new Float32Array(size);
  const squares = new Float32Array(size).fill(1e-2);
  const lean = new Float32Array(HEARD_KINDS.length * HEARD_STATUSES.length);
  const leanSquares = new Float32Array(lean.length).fill(1e-2);
  const mean = new Float32Array(size);
  const leanMean = new Float32Array(lean.length);
  const order = rows.map((_, k) => k);
  const random = lottery(7);
  const bend = (features: Int32Array, column: number, slope: number) => {
    for (let j = 0; j < features.length; j += 1) {
      const at = features[j]! * WIDTH + column;
      const step = slope + DECAY * weights[at]!;
      squares[at]! += step * step;
      weights[at]! -= (RATE * step) / Math.sqrt(squares[at]!);
    }
  };
  const sum = (features: Int32Array, into: Float32Array) => {
    into.fill(0);
    for (let j = 0; j < features.length; j += 1) {
      const base = features[j]! * WIDTH;
      for (let k = 0; k < WIDTH; k += 1) into[k]! += weights[base + k]!;
    }
    return into;
  };
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    for (const index of order) {
      const { message, pieces, wanted } = rows[index]!;
      const ofMessage = sum(message, new Float32Array(WIDTH));
      const parts = pieces.map((piece) => sum(piece, new Float32Array(WIDTH)));
      for (let k = 0; k < HEARD_KINDS.length; k += 1) {
        const { best, at } = strongest(parts, k);
        const slope = 1 / (1 + Math.exp(-(ofMessage[k]! + best))) - (wanted.has(k) ? 1 : 0);
        if (Math.abs(slope) < ENOUGH) continue;
        bend(message, k, slope);
        if (pieces[at]) bend(pieces[at], k, slope);
      }
      for (const [k, status] of wanted) {
        const { at } = strongest(parts, k);
        const scores = HEARD_STATUSES.map(
          (_, s) =>
            ofMessage[HEARD_KINDS.length + s]! +
            (parts[at]?.[HEARD_KINDS.length + s] ?? 0) +
            lean[k * HEARD_STATUSES.length + s]!,
        );
        const most = Math.max(...scores);
        const total = scores.reduce((all, score) => all + Math.exp(score - most), 0);
        for (let s = 0; s < HEARD_STATUSES.length; s += 1) {
          const slope = Math.exp(scores[s]! - most) / total - (s === status ? 1 : 0);
          if (Math.abs(slope) < ENOUGH) continue;
          bend(message, HEARD_KINDS.length + s, slope);
          if (pieces[at]) bend(pieces[at], HEARD_KINDS.length + s, slope);
          const j = k * HEARD_STATUSES.length + s;
          leanSquares[j]! += slope * slope;
          lean[j]! -= (RATE * slope) / Math.sqrt(leanSquares[j]!);
        }
      }
    }
    if (epoch < EPOCHS / 2) continue;
    for (let j = 0; j < size; j += 1) mean[j]! += weights[j]! / (EPOCHS / 2);
    for (let j = 0; j < lean.length; j += 1) leanMean[j]! += lean[j]! / (EPOCHS / 2);
  }
  return { names, values: mean, lean: leanMean };
}

function numbered(examples: Example[]): { names: string[]; rows: Row[] } {
  const seen = new Map<string, number>();
  for (const { features } of examples)
    for (const name of new Set([...features.message, ...features.pieces.flat()]))
      seen.set(name, (seen.get(name) ?? 0) + 1);
  const names = [...seen].flatMap(([name, count]) => (count >= SEEN ? [name] : []));
  const at = new Map(names.map((name, k) => [name, k]));
  const ids = (list: string[]) => Int32Array.from(list.flatMap((name) => at.get(name) ?? []));
  return {
    names,
    rows: examples.map(({ features, wanted }) => ({
      message: ids(features.message),
      pieces: features.pieces.map(ids),
      wanted,
    })),
  };
}

/** Numbers from 0 to 1 that repeat for the same seed. */
export function lottery(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

export function shuffle(order: number[], random: () => number): void {
  for (let k = order.length - 1; k > 0; k -= 1) {
    const j = Math.floor(random() * (k + 1));
    [order[k], order[j]] = [order[j]!, order[k]!];
  }
}
