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
}

const SEEN = 5;
/** A smaller slope changes nothing worth the time. */
export const ENOUGH = 0.02;
const DECAY = 2e-6;

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

  bend(features: Int32Array, column: number, slope: number): void {
    if (Math.abs(slope) <= ENOUGH) return;
    const { weights, squares, width, rate } = this;
    for (let j = 0; j < features.length; j += 1) {
      const at = features[j]! * width + column;
      const step = slope + DECAY * weights[at]!;
      squares[at]! += step * step;
      weights[at]! -= (rate * step) / Math.sqrt(squares[at]!);
    }
  }

  /** Takes the present state into the mean. */
  keep(): void {
    this.kept += 1;
    for (let j = 0; j < this.mean.length; j += 1) this.mean[j]! += this.weights[j]!;
  }

  /** Settles on the mean. */
  settle(): void {
    for (let j = 0; j < this.mean.length; j += 1) this.weights[j] = this.mean[j]! / Math.max(1, this.kept);
  }

  row(id: number): Float32Array {
    return this.weights.subarray(id * this.width, (id + 1) * this.width);
  }
}

/** Goes through the examples in another order each time, and takes the later half of the epochs into the mean. */
export function fitted<T>(rows: T[], epochs: number, fit: Fit, learn: (row: T) => void, seed: number): void {
  const order = rows.map((_, k) => k);
  const random = lottery(seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const k of order) learn(rows[k]!);
    if (epoch >= epochs / 2) fit.keep();
  }
  fit.settle();
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
