import { rowOf } from '../../src/reading/judge/weights.ts';

/** Names of features as numbers, and how often each was seen. */
export class Names {
  readonly ids = new Map<string, number>();
  readonly counts: number[] = [];

  /** The numbers of these features. */
  of(list: string[]): Int32Array {
    return Int32Array.from(list, (name) => {
      const id = this.ids.get(name) ?? this.ids.set(name, this.counts.length).size - 1;
      this.counts[id] = (this.counts[id] ?? 0) + 1;
      return id;
    });
  }

  /** Without features that are too rare to generalise. */
  common(list: Int32Array): Int32Array {
    return list.filter((id) => this.counts[id]! >= SEEN);
  }

  /** 1 for each feature that says enough, by its weights and how often it was seen. */
  telling(fit: Fit): Uint8Array {
    return Uint8Array.from(this.counts, (n, id) => Number(n * fit.row(id).reduce((sum, w) => sum + w * w, 0) >= SAYS));
  }
}

const SEEN = 5;
/** A feature is dropped if the sum of its squared weights, times how often it was seen, is less: on voices that it has not seen a judge reads as well without it. */
const SAYS = 12;
/** A smaller slope changes nothing worth the time. */
export const ENOUGH = 0.02;
const DECAY = 2e-5;

/** A weight for each feature and column, fitted by steps that shrink (AdaGrad); the result is the mean of the later states. */
export class Fit {
  readonly weights: Float32Array;
  private readonly squares: Float32Array;
  private readonly mean: Float32Array;
  private kept = 0;

  readonly width: number;
  private readonly rate: number;

  constructor(size: number, width: number, rate: number) {
    this.width = width;
    this.rate = rate;
    this.weights = new Float32Array(size * width);
    this.squares = new Float32Array(size * width).fill(1e-2);
    this.mean = new Float32Array(size * width);
  }

  sum(features: Int32Array): Float32Array {
    const { weights, width } = this;
    const into = new Float32Array(width);
    for (let j = 0; j < features.length; j += 1) {
      const base = features[j]! * width;
      for (let k = 0; k < width; k += 1) into[k]! += weights[base + k]!;
    }
    return into;
  }

  /** Whether the slope is worth a step, which is then made. */
  bend(features: Int32Array, column: number, slope: number): boolean {
    if (Math.abs(slope) <= ENOUGH) return false;
    const { weights, squares, width, rate } = this;
    for (let j = 0; j < features.length; j += 1) {
      const at = features[j]! * width + column;
      const step = slope + DECAY * weights[at]!;
      squares[at]! += step * step;
      weights[at]! -= (rate * step) / Math.sqrt(squares[at]!);
    }
    return true;
  }

  /** Takes the present state into the mean. */
  keep(): void {
    this.kept += 1;
    for (let j = 0; j < this.mean.length; j += 1) this.mean[j]! += this.weights[j]!;
  }

  /** Starts anew; what was kept stays in the mean. */
  restart(): void {
    this.weights.fill(0);
    this.squares.fill(1e-2);
  }

  /** Sets the weights to the mean, and empties it. */
  settle(): void {
    for (let j = 0; j < this.mean.length; j += 1) this.weights[j] = this.mean[j]! / Math.max(1, this.kept);
    this.mean.fill(0);
    this.kept = 0;
  }

  row(id: number): Float32Array {
    return this.weights.subarray(id * this.width, (id + 1) * this.width);
  }
}

/** The weights as they are kept, a line for each feature. A half of a character's pair cannot be written, so its features are left out. */
export function linesOf({ ids }: Names, row: (id: number, name: string) => ArrayLike<number>): Record<string, string> {
  const lines: Record<string, string> = {};
  for (const [name, id] of ids) {
    const line = name.isWellFormed() ? rowOf(row(id, name)) : '';
    if (line !== '') lines[name] = line;
  }
  return lines;
}

/** The states of an epoch that are taken into the mean. */
const KEPT = 4;

/** An example that changes nothing is left out for one epoch, then for two, up to so many. */
const LONGEST_REST = 3;

/** So many times it is learned anew, in other orders: the mean of all depends less on the order of the examples. */
const ROUNDS = 2;

/** Examples with their features, and how one of them is learned; `learn` says whether that changed anything. */
interface Lesson<T> {
  rows: T[];
  /** A row with only the features that `keep` leaves in each list. */
  only: (row: T, keep: (list: Int32Array) => Int32Array) => T;
  names: Names;
  /** What is fitted, first the weights of the features. */
  fits: [Fit, ...Fit[]];
  epochs: number;
  seed: number;
  learn: (row: T) => boolean;
}

/**
 * Goes through the examples in another order each time, and takes states of the later half of the epochs into the mean. A first round finds
 * the features that say something; the result is learned from these alone. Gives the rows with these features.
 */
export function fitted<T>({ rows, only, names, ...lesson }: Lesson<T>): T[] {
  const { fits } = lesson;
  const common = rows.map((row) => only(row, (list) => names.common(list)));
  roundOf(common, lesson);
  for (const fit of fits) fit.settle();
  const telling = names.telling(fits[0]);
  const left = common.map((row) => only(row, (list) => list.filter((id) => telling[id])));
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const fit of fits) fit.restart();
    roundOf(left, { ...lesson, seed: lesson.seed + round });
  }
  for (const fit of fits) fit.settle();
  return left;
}

function roundOf<T>(
  rows: T[],
  { fits, epochs, seed, learn }: Pick<Lesson<T>, 'fits' | 'epochs' | 'seed' | 'learn'>,
): void {
  const rest = new Uint8Array(rows.length);
  const next = new Uint8Array(rows.length);
  const order = rows.map((_, k) => k);
  const random = lottery(seed);
  const share = Math.ceil(rows.length / KEPT);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    order.forEach((k, n) => {
      if (next[k]! > 0) next[k]! -= 1;
      else {
        rest[k] = learn(rows[k]!) ? 0 : Math.min(rest[k]! + 1, LONGEST_REST);
        next[k] = rest[k]!;
      }
      if (epoch >= epochs / 2 && ((n + 1) % share === 0 || n + 1 === order.length)) for (const fit of fits) fit.keep();
    });
  }
}

/** How the weights of signs are fitted; `decay` pulls them to zero. */
interface Fitting {
  epochs: number;
  rate: number;
  decay: number;
  start?: [string, number][];
}

/** The weights of signs, fitted to the slopes of each row; the same rows give the same bytes. The result is the mean of the later half. */
export function signsFitted<T>(
  rows: T[],
  slopesOf: (row: T, weights: ReadonlyMap<string, number>) => Iterable<readonly [string, number]>,
  { epochs, rate, decay, start = [] }: Fitting,
): Map<string, number> {
  const weights = new Map<string, number>(start);
  const squares = new Map<string, number>();
  const mean = new Map<string, number>();
  const order = rows.map((_, k) => k);
  const random = lottery(7);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const k of order)
      for (const [sign, slope] of slopesOf(rows[k]!, weights)) {
        const weight = weights.get(sign) ?? 0;
        const step = slope + decay * weight;
        const square = (squares.get(sign) ?? 0.1) + step * step;
        squares.set(sign, square);
        weights.set(sign, weight - (rate * step) / Math.sqrt(square));
      }
    if (epoch < epochs / 2) continue;
    for (const [sign, weight] of weights) mean.set(sign, (mean.get(sign) ?? 0) + (2 * weight) / epochs);
  }
  return mean;
}

/** Fits the weights of signs so that the right ones of several choices are likelier than the others. */
export function choicesFitted<C extends { right: boolean }>(
  rows: C[][],
  eachSign: (choice: C, take: (sign: string, n: number) => void) => void,
  { least = 0, ...fitting }: Fitting & { least?: number },
): Map<string, number> {
  return signsFitted(
    rows,
    (choices, weights) => {
      const scores = choices.map((choice) => {
        let sum = 0;
        eachSign(choice, (sign, n) => {
          sum += (weights.get(sign) ?? 0) * n;
        });
        return sum;
      });
      const most = Math.max(...scores);
      const chances = scores.map((score) => Math.exp(score - most));
      const all = chances.reduce((sum, p) => sum + p, 0);
      const right = chances.reduce((sum, p, k) => sum + (choices[k]!.right ? p : 0), 0);
      const slopes = new Map<string, number>();
      choices.forEach((choice, k) => {
        const slope = chances[k]! / all - (choice.right ? chances[k]! / right : 0);
        if (Math.abs(slope) < least) return;
        eachSign(choice, (sign, n) => slopes.set(sign, (slopes.get(sign) ?? 0) + slope * n));
      });
      return slopes;
    },
    fitting,
  );
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
