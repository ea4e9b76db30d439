import type { Spelling } from './features.ts';
import type { GoodsWeights } from './goods.ts';
import type { DecisionTree, Sure } from './sure.ts';
import type { WayWeights } from './ways.ts';
import learned from './weights.json' with { type: 'json' };

/** What the judge has learned. */
export interface Weights {
  table: Table;
  /** The score of each kind after another, the first row after none. */
  turn: Float32Array;
  /** The weights of signs that a way to divide a message is the right one. */
  ways: WayWeights;
  /** How sure a reading is. */
  sure: Sure;
  /** The weights of signs that a place names what a number counts. */
  goods: GoodsWeights;
}

/** Weights by feature; a feature speaks for some of the columns of its task. */
export interface Table {
  sum: (give: (by: Spelling<number>) => void, into: Float32Array<ArrayBuffer>) => Float32Array<ArrayBuffer>;
  /** The weights of one feature: column and weight. */
  of: (name: string) => [number, number][];
}

/** The content of the file that `npm run train` writes. */
export interface Learned {
  /** A hash of what it was learned from. */
  from: string;
  turn: number[];
  rows: Record<string, string>;
  ways: Record<string, number>;
  sure: Record<string, number>;
  trees: DecisionTree[];
  goods: Record<string, number>;
}

/** The precision of a stored weight: steps per unit. */
const FINE = 24;
/** Smaller weights decide nothing and are left out. */
const LEAST = 3;
const FIRST = 'A'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/** A feature's weights as text: `B58C-12` are 58 steps for the second column and -12 for the third. */
export function rowOf(values: ArrayLike<number>): string {
  let out = '';
  for (let c = 0; c < values.length; c += 1) {
    const step = Math.round(values[c]! * FINE);
    if (Math.abs(step) >= LEAST) out += String.fromCharCode(FIRST + c) + step;
  }
  return out;
}

/** Gives column and weight of each cell of such a text, without making a string of each: there are a million. */
function eachCell(said: string, take: (column: number, weight: number) => void): void {
  for (let k = 0; k < said.length; ) {
    const column = said.charCodeAt(k) - FIRST;
    const sign = said[k + 1] === '-' ? -1 : 1;
    let steps = 0;
    for (k += sign < 0 ? 2 : 1; k < said.length && said.charCodeAt(k) < FIRST; k += 1)
      steps = steps * 10 + said.charCodeAt(k) - ZERO;
    take(column, (sign * steps) / FINE);
  }
}

/** A file's content, one line for each feature in order, so that a change can be read. */
export function written(
  { from, turn, rows }: Pick<Learned, 'from' | 'turn' | 'rows'>,
  { ways, sure, goods }: Pick<Weights, 'ways' | 'sure' | 'goods'>,
): string {
  const names = Object.keys(rows).sort();
  const lines = names.map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(rows[name])}`);
  const block = (name: string, inside: string[]) => `  ${JSON.stringify(name)}: {\n${inside.join(',\n')}\n  }`;
  const signs = Object.entries({ ways, sure: sure.signs, goods }).map(([name, weights]) =>
    block(name, stepsOf(weights)),
  );
  const trees = `  "trees": [\n${sure.trees.map((tree) => `    ${JSON.stringify(tree)}`).join(',\n')}\n  ]`;
  const blocks = [block('rows', lines), ...signs, trees];
  return `{\n  "from": ${JSON.stringify(from)},\n  "turn": ${JSON.stringify(turn)},\n${blocks.join(',\n')}\n}\n`;
}

function stepsOf(signs: ReadonlyMap<string, number>): string[] {
  return [...signs].flatMap(([name, value]) => {
    const step = Math.round(value * FINE);
    return Math.abs(step) < LEAST ? [] : [`    ${JSON.stringify(name)}: ${step}`];
  });
}

const weighed = (steps: Record<string, number>): ReadonlyMap<string, number> =>
  new Map(Object.entries(steps).map(([name, step]) => [name, step / FINE]));

export function weightsOf({ turn, rows, ways, sure, trees, goods }: Omit<Learned, 'from'>): Weights {
  return {
    table: tableOf(rows),
    turn: Float32Array.from(turn),
    ways: weighed(ways),
    sure: { signs: weighed(sure), trees },
    goods: weighed(goods),
  };
}

function tableOf(rows: Record<string, string>): Table {
  const list = Object.keys(rows).sort();
  const names = featureNamesOf(list);
  const starts = new Int32Array(list.length + 1);
  const columns: number[] = [];
  const cells: number[] = [];
  list.forEach((name, row) => {
    eachCell(rows[name]!, (column, weight) => {
      columns.push(column);
      cells.push(weight);
    });
    starts[row + 1] = cells.length;
  });
  const [column, cell] = [Uint8Array.from(columns), Float32Array.from(cells)];
  // For each feature the last sum that used it: a repeated feature counts once.
  const seen = new Int32Array(list.length);
  const begun = new Map<string, number>();
  let turn = 0;
  let sum = new Float32Array(0);
  const by: Spelling<number> = {
    begin: (mark) => {
      let node = begun.get(mark);
      if (node === undefined) {
        node = along(names, ROOT, mark) ?? NOWHERE;
        begun.set(mark, node);
      }
      return node === NOWHERE ? undefined : node;
    },
    more: (node, sign) => along(names, node, sign),
    take: (node) => {
      const row = names.ends[node]!;
      if (row < 0 || seen[row] === turn) return;
      seen[row] = turn;
      const end = starts[row + 1]!;
      for (let k = starts[row]!; k < end; k += 1) sum[column[k]!]! += cell[k]!;
    },
  };
  return {
    sum: (give, into) => {
      sum = into;
      turn += 1;
      give(by);
      return into;
    },
    of: (name) => {
      const out: [number, number][] = [];
      eachCell(rows[name] ?? '', (column, weight) => out.push([column, weight]));
      return out;
    },
  };
}

/** Names of features as a tree of their characters, stored in a hash table. A node is an index into it. */
export interface FeatureNames {
  /** For each slot its parent node and its character, 0 if the slot is free. */
  nodes: Int32Array;
  /** The number of the name that ends at the node; -1 if none does. */
  ends: Int32Array;
}

export const ROOT = -1;
/** No name begins like that. */
const NOWHERE = -2;

/** A tree of these names, which must be sorted; each is identified by its index in the list. A name adds what it does not share with the one before. */
export function featureNamesOf(list: readonly string[]): FeatureNames {
  const shared = list.map((name, k) => sharedWith(list[k - 1] ?? '', name));
  const nodes = list.reduce((sum, name, k) => sum + name.length - shared[k]!, 0);
  const places = 2 ** Math.ceil(Math.log2(2 * nodes + 2));
  const tree = { nodes: new Int32Array(places * 2), ends: new Int32Array(places).fill(-1) };
  const path: number[] = [];
  list.forEach((name, number) => {
    for (let k = shared[number]!; k < name.length; k += 1) {
      const above = k === 0 ? ROOT : path[k - 1]!;
      const place = placeOf(tree.nodes, above, name.charCodeAt(k));
      tree.nodes[place * 2] = above;
      tree.nodes[place * 2 + 1] = name.charCodeAt(k);
      path[k] = place;
    }
    tree.ends[path[name.length - 1]!] = number;
  });
  return tree;
}

/** How many characters two names begin with alike. */
function sharedWith(one: string, other: string): number {
  let shared = 0;
  while (shared < one.length && shared < other.length && one[shared] === other[shared]) shared += 1;
  return shared;
}

/** The node reached from `node` by the characters of `said`, or by some of them; undefined if no name continues like that. */
export function along(
  { nodes }: FeatureNames,
  node: number,
  said: string,
  from = 0,
  to = said.length,
): number | undefined {
  let at = node;
  for (let k = from; k < to; k += 1) {
    at = placeOf(nodes, at, said.charCodeAt(k));
    if (nodes[at * 2 + 1] === 0) return undefined;
  }
  return at;
}

/** The slot of a character below a node, or the free slot for it. */
function placeOf(nodes: Int32Array, node: number, sign: number): number {
  const last = (nodes.length >> 1) - 1;
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(sign, 0x85ebca6b);
  let place = (mixed ^ (mixed >>> 15)) & last;
  while (nodes[place * 2 + 1] !== 0 && (nodes[place * 2] !== node || nodes[place * 2 + 1] !== sign))
    place = (place + 1) & last;
  return place;
}

/** The result of `npm run train`. */
export const WEIGHTS = weightsOf(learned as unknown as Learned);
