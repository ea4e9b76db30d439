import type { DecisionTree, Traits } from '../../src/reading/judge/sure.ts';

/** A reading that was tried: what is known of it, and whether it is right. */
export interface TriedReading {
  traits: Traits;
  right: boolean;
}

const TREES = 60;
const LEAVES = 8;
const RATE = 0.1;
/** A leaf holds at least so many rows, and a trait must hold for so many to be looked at. */
const LEAST_ROWS = 30;
const LEAST_SHARE = 0.02;
/** A number is looked at in so many steps. */
const STEPS = 32;
const PULL = 1;

/** A trait as steps: for each row the step of its value, and for each step its upper end. */
interface Column {
  trait: string;
  steps: Uint8Array;
  ends: number[];
}

interface Leaf {
  rows: number[];
  best: Split | undefined;
  /** Puts a tree in the place of this leaf. */
  put: (tree: DecisionTree) => void;
}

interface Split {
  column: Column;
  step: number;
  gain: number;
}

/** Small trees, each fitted to what the ones before it got wrong (gradient boosting); the same rows give the same trees. */
export function treesFitted(rows: TriedReading[]): DecisionTree[] {
  const columns = columnsOf(rows.map(({ traits }) => traits));
  const scores = new Float64Array(rows.length);
  const slopes = new Float64Array(rows.length);
  const bends = new Float64Array(rows.length);
  return Array.from({ length: TREES }, () => {
    rows.forEach(({ right }, k) => {
      const p = 1 / (1 + Math.exp(-scores[k]!));
      slopes[k] = p - Number(right);
      bends[k] = p * (1 - p);
    });
    return grown(columns, slopes, bends, (row, value) => {
      scores[row]! += value;
    });
  });
}

/** One tree: the leaf that gains most is split, until there are enough. */
function grown(
  columns: Column[],
  slopes: Float64Array,
  bends: Float64Array,
  add: (row: number, value: number) => void,
): DecisionTree {
  let root: DecisionTree = 0;
  const leafOf = (rows: number[], put: Leaf['put']): Leaf => ({
    rows,
    put,
    best: bestSplit(columns, rows, slopes, bends),
  });
  const leaves = [
    leafOf(
      Array.from(slopes, (_, k) => k),
      (tree) => {
        root = tree;
      },
    ),
  ];
  while (leaves.length < LEAVES) {
    const at = leaves.reduce(
      (most, { best }, k) => ((best?.gain ?? 0) > (leaves[most]!.best?.gain ?? 0) ? k : most),
      0,
    );
    const { rows, best, put } = leaves[at]!;
    if (!best) break;
    const node: [string, number, DecisionTree, DecisionTree] = [best.column.trait, best.column.ends[best.step]!, 0, 0];
    put(node);
    const low = (row: number) => best.column.steps[row]! <= best.step;
    leaves.splice(
      at,
      1,
      leafOf(rows.filter(low), (tree) => {
        node[2] = tree;
      }),
      leafOf(
        rows.filter((row) => !low(row)),
        (tree) => {
          node[3] = tree;
        },
      ),
    );
  }
  for (const { rows, put } of leaves) {
    const slope = rows.reduce((sum, row) => sum + slopes[row]!, 0);
    const bend = rows.reduce((sum, row) => sum + bends[row]!, 0);
    const value = Number(((-RATE * slope) / (bend + PULL)).toFixed(3));
    put(value);
    for (const row of rows) add(row, value);
  }
  return root;
}

function bestSplit(columns: Column[], rows: number[], slopes: Float64Array, bends: Float64Array): Split | undefined {
  const sum = (list: Float64Array) => rows.reduce((all, row) => all + list[row]!, 0);
  const [slope, bend] = [sum(slopes), sum(bends)];
  const worth = (s: number, b: number) => (s * s) / (b + PULL);
  let best: Split | undefined;
  const [slopeAt, bendAt, countAt] = [new Float64Array(STEPS), new Float64Array(STEPS), new Int32Array(STEPS)];
  for (const column of columns) {
    const { steps, ends } = column;
    for (const list of [slopeAt, bendAt, countAt]) list.fill(0);
    for (let k = 0; k < rows.length; k += 1) {
      const row = rows[k]!;
      const step = steps[row]!;
      slopeAt[step]! += slopes[row]!;
      bendAt[step]! += bends[row]!;
      countAt[step]! += 1;
    }
    let [s, b, n] = [0, 0, 0];
    for (let step = 0; step + 1 < ends.length; step += 1) {
      s += slopeAt[step]!;
      b += bendAt[step]!;
      n += countAt[step]!;
      if (n < LEAST_ROWS || rows.length - n < LEAST_ROWS) continue;
      const gain = worth(s, b) + worth(slope - s, bend - b) - worth(slope, bend);
      if (gain > (best?.gain ?? 0)) best = { column, step, gain };
    }
  }
  return best;
}

/** The traits that hold for enough rows, each in steps of about as many rows. */
function columnsOf(all: Traits[]): Column[] {
  const seen = new Map<string, number>();
  for (const traits of all) for (const trait of traits.keys()) seen.set(trait, (seen.get(trait) ?? 0) + 1);
  return [...seen]
    .filter(([, n]) => n >= LEAST_SHARE * all.length)
    .map(([trait]) => trait)
    .sort()
    .map((trait) => {
      const values = all.map((traits) => traits.get(trait) ?? 0);
      const sorted = [...values].sort((one, other) => one - other);
      const ends = [
        ...new Set(
          Array.from({ length: STEPS }, (_, k) => upwards(sorted[Math.ceil(((k + 1) * all.length) / STEPS) - 1]!)),
        ),
      ];
      return { trait, ends, steps: Uint8Array.from(values, (value) => ends.findIndex((end) => value <= end)) };
    });
}

/** With five digits, never less. */
const upwards = (value: number): number => Math.ceil(value * 1e5) / 1e5;
